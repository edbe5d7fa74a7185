package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.HostConfigDocument.IdMappingsDocument;
import io.jdocker.daemon.containers.HostConfigDocument.LogConfigDocument;
import io.jdocker.daemon.containers.HostConfigDocument.MountDocument;
import io.jdocker.daemon.containers.HostConfigDocument.PortBindingDocument;
import io.jdocker.daemon.containers.HostConfigDocument.RestartPolicyDocument;
import io.jdocker.daemon.json.Json;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.linux.user.IdRange;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits.Origin;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.PublishedPort;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.spec.TimeOffsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the host's part of a container's specification. */
final class HostConfigView {
  private final UnsupportedDocument unsupported = new Json().zero(UnsupportedDocument.class);

  HostConfigDocument of(ContainerSpec spec) {
    NetworkingSpec network = spec.networking();
    SecuritySpec security = spec.security();
    NamespaceSpec namespaces = spec.namespaces();
    return new HostConfigDocument(
        some(binds(spec)),
        new LogConfigDocument(spec.log().driver(), spec.log().options()),
        network.mode().equals("default") ? "bridge" : network.mode(),
        ports(network),
        restart(spec.lifecycle().restart()),
        spec.lifecycle().autoRemove(),
        "",
        "",
        some(spec.volumesFrom()),
        List.of(spec.process().terminalRows(), spec.process().terminalColumns()),
        some(security.capAdd()),
        some(security.capDrop()),
        namespaces.cgroup().text("private"),
        network.dns(),
        network.dnsOptions(),
        network.dnsSearch(),
        some(network.extraHosts()),
        some(spec.process().groups()),
        namespaces.ipc().text("private"),
        some(network.links()),
        namespaces.pid().text(""),
        security.privileged(),
        network.publishAll(),
        security.readOnlyRoot(),
        some(securityOptions(security)),
        tmpfs(spec),
        namespaces.uts().text(""),
        namespaces.user().text(""),
        ids(namespaces.ids()),
        offsets(namespaces.time()),
        spec.resources().effectiveShmSize(),
        spec.lifecycle().init() ? Optional.of(true) : Optional.empty(),
        mounts(spec),
        LimitsDocument.of(spec.resources().limits()),
        SettingsView.of(spec),
        unsupported);
  }

  private static RestartPolicyDocument restart(RestartPolicy policy) {
    return new RestartPolicyDocument(policy.mode().apiName(), policy.maximumRetries());
  }

  /** Go writes an absent list as null. */
  private static Optional<List<String>> some(List<String> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static Optional<IdMappingsDocument> ids(IdMapping ids) {
    return ids.isNone()
        ? Optional.empty()
        : Optional.of(new IdMappingsDocument(lines(ids.users()), lines(ids.groups())));
  }

  private static List<String> lines(List<IdRange> ranges) {
    return ranges.stream().map(IdRange::text).toList();
  }

  private static Map<String, String> offsets(TimeOffsets time) {
    if (time.isNone()) {
      return Map.of();
    }
    return Map.of(
        "monotonic", TimeOffsets.seconds(time.monotonic()),
        "boottime", TimeOffsets.seconds(time.boottime()));
  }

  private static List<String> binds(ContainerSpec spec) {
    List<String> binds = new ArrayList<>();
    for (MountSpec mount : spec.mounts()) {
      if (mount.traits().origin() == Origin.FLAG && mount.kind() != MountSpec.Kind.TMPFS) {
        String mode = mount.mode().isEmpty() && mount.readOnly() ? "ro" : mount.mode();
        binds.add(mount.source() + ":" + mount.target() + (mode.isEmpty() ? "" : ":" + mode));
      }
    }
    return binds;
  }

  private static List<MountDocument> mounts(ContainerSpec spec) {
    return spec.mounts().stream()
        .filter(mount -> mount.traits().origin() == Origin.MOUNT_FLAG)
        .map(MountRequests::document)
        .toList();
  }

  private static Map<String, String> tmpfs(ContainerSpec spec) {
    Map<String, String> result = new LinkedHashMap<>();
    for (MountSpec mount : spec.mounts()) {
      if (mount.traits().origin() == Origin.FLAG && mount.kind() == MountSpec.Kind.TMPFS) {
        result.put(mount.target(), mount.options());
      }
    }
    return result;
  }

  private static Map<String, List<PortBindingDocument>> ports(NetworkingSpec network) {
    Map<String, List<PortBindingDocument>> result = new LinkedHashMap<>();
    for (PublishedPort port : network.ports()) {
      result
          .computeIfAbsent(port.containerPort(), key -> new ArrayList<>())
          .add(new PortBindingDocument(port.hostIp(), port.hostPort()));
    }
    return result;
  }

  private static List<String> securityOptions(SecuritySpec security) {
    List<String> options = new ArrayList<>();
    if (security.noNewPrivileges()) {
      options.add("no-new-privileges");
    }
    if (!security.seccomp().isEmpty()) {
      options.add("seccomp=" + security.seccomp());
    }
    return options;
  }
}
