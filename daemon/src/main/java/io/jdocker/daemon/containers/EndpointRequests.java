package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import java.util.List;
import java.util.Map;

/** Settings of an endpoint, as sent at a container's creation and by {@code network connect}. */
public final class EndpointRequests {
  private EndpointRequests() {}

  /**
   * The settings.
   *
   * @throws Unsupported for a link-local address
   */
  public static EndpointRequest of(String network, EndpointDocument sent) {
    sent.ipamConfig()
        .ifPresent(
            address -> {
              refuse(network, "a link-local address", !address.linkLocalIps().isEmpty());
            });
    return new EndpointRequest(
        sent.ipamConfig().map(EndpointDocument.AddressDocument::ipv4Address).orElse(""),
        sent.macAddress(),
        sent.aliases().orElse(List.of()),
        sent.links().orElse(List.of()),
        sent.gwPriority(),
        sent.ipamConfig().map(EndpointDocument.AddressDocument::ipv6Address).orElse(""),
        sent.driverOpts().orElse(Map.of()));
  }

  private static void refuse(String network, String what, boolean set) {
    if (set) {
      throw new Unsupported(
          "endpoint on network "
              + network
              + ": "
              + what
              + " is not supported by this version of jdocker");
    }
  }
}
