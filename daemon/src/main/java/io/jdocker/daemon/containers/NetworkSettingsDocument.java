package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.HostConfigDocument.PortBindingDocument;
import io.jdocker.daemon.json.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container's network; the keys behind Ports and Networks are those of the default bridge. */
record NetworkSettingsDocument(
    String bridge,
    @Key("SandboxID") String sandboxId,
    String sandboxKey,
    Map<String, Optional<List<PortBindingDocument>>> ports,
    boolean hairpinMode,
    @Key("LinkLocalIPv6Address") String linkLocalIpv6Address,
    @Key("LinkLocalIPv6PrefixLen") int linkLocalIpv6PrefixLen,
    @Key("SecondaryIPAddresses") Optional<List<String>> secondaryIpAddresses,
    @Key("SecondaryIPv6Addresses") Optional<List<String>> secondaryIpv6Addresses,
    @Key("EndpointID") String endpointId,
    String gateway,
    @Key("GlobalIPv6Address") String globalIpv6Address,
    @Key("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
    @Key("IPAddress") String ipAddress,
    @Key("IPPrefixLen") int ipPrefixLen,
    @Key("IPv6Gateway") String ipv6Gateway,
    String macAddress,
    Map<String, EndpointDocument> networks) {}
