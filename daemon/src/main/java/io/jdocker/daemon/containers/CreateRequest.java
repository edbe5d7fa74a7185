package io.jdocker.daemon.containers;

import io.jdocker.daemon.config.ContainerDefaults;
import io.jdocker.daemon.containers.HostConfigDocument.IdMappingsDocument;
import io.jdocker.daemon.containers.HostConfigDocument.PortBindingDocument;
import io.jdocker.daemon.json.Words;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.linux.user.IdRange;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.LogSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import io.jdocker.runtime.spec.NetworkingSpec.PublishedPort;
import io.jdocker.runtime.spec.ProcessSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.TimeOffsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Turns the body of a create request into the runtime's specification. */
final class CreateRequest {
  private final ConfigDocument config;
  private final HostConfigDocument host;
  private final CreateDocument document;
  private final ContainerDefaults defaults;

  /** As sent to a daemon without settings of its own. */
  CreateRequest(CreateDocument document) {
    this(document, ContainerDefaults.STANDARD);
  }

  CreateRequest(CreateDocument document, ContainerDefaults defaults) {
    this.document = document;
    this.defaults = defaults;
    this.config = document.config();
    this.host = document.hostConfig();
  }

  /**
   * The specification.
   *
   * @param warn gets a warning for each wish that is passed over
   * @throws InvalidArgument for what is wrong
   * @throws Unsupported for what jdocker cannot do
   */
  ContainerSpec spec(Consumer<String> warn) {
    new CreateRefusals(config, host).check(warn);
    new CreateValues(config, host).check();
    return new ContainerSpec(
        config.image(),
        process(),
        config.hostname(),
        config.domainname(),
        config.labels(),
        host.settings().annotations(),
        List.copyOf(config.exposedPorts().keySet()),
        config.volumes().map(volumes -> List.copyOf(volumes.keySet())).orElse(List.of()),
        new LifecycleRequest(config, host, defaults.init()).spec(),
        resources(),
        new SecurityOptions(host).spec(),
        new MountRequests(host).specs(),
        networking(),
        namespaces(),
        log(),
        host.volumesFrom().orElse(List.of()));
  }

  private LogSpec log() {
    String driver = defaults.logDriver(host.logConfig().type());
    return new LogSpec(driver, defaults.logOptions(driver, host.logConfig().config()));
  }

  private NamespaceSpec namespaces() {
    return new NamespaceSpec(
        NamespaceMode.Kind.PID.parse(host.pidMode()),
        NamespaceMode.Kind.IPC.parse(host.ipcMode()),
        NamespaceMode.Kind.UTS.parse(host.utsMode()),
        NamespaceMode.Kind.CGROUP.parse(host.cgroupnsMode()),
        NamespaceMode.Kind.USER.parse(host.usernsMode()),
        TimeOffsets.parse(host.timeOffsets()),
        host.idMappings().map(CreateRequest::ids).orElse(IdMapping.none()));
  }

  private static IdMapping ids(IdMappingsDocument given) {
    List<IdRange> users = ranges("uidmap", given.uidMap());
    List<IdRange> groups = ranges("gidmap", given.gidMap());
    return new IdMapping(users.isEmpty() ? groups : users, groups.isEmpty() ? users : groups);
  }

  private static List<IdRange> ranges(String flag, List<String> lines) {
    return lines.stream().map(line -> IdRange.parse(flag, line)).toList();
  }

  private ProcessSpec process() {
    List<Integer> size = host.consoleSize();
    return new ProcessSpec(
        config.entrypoint().map(CreateRequest::entrypoint),
        config.cmd().map(Words::words).filter(words -> !words.isEmpty()),
        config.env(),
        config.workingDir(),
        config.user(),
        host.groupAdd().orElse(List.of()),
        config.tty(),
        config.openStdin(),
        config.stdinOnce(),
        size.size() == 2 ? size.get(0) : 0,
        size.size() == 2 ? size.get(1) : 0,
        attached());
  }

  /** {@code --entrypoint ""} comes as one empty word and means: none, not even the image's. */
  private static List<String> entrypoint(Words words) {
    return words.words().equals(List.of("")) ? List.of() : words.words();
  }

  private List<String> attached() {
    List<String> streams = new ArrayList<>();
    if (config.attachStdin()) {
      streams.add("stdin");
    }
    if (config.attachStdout()) {
      streams.add("stdout");
    }
    if (config.attachStderr()) {
      streams.add("stderr");
    }
    return streams;
  }

  private ResourceSpec resources() {
    SettingsDocument settings = host.settings();
    return new ResourceSpec(
        host.limits().limits(),
        settings.cgroupParent(),
        settings.deviceSpec(),
        settings.kernelSpec(),
        host.shmSize() == 0 ? defaults.shmSize() : host.shmSize());
  }

  private NetworkingSpec networking() {
    String mode = host.networkMode().isEmpty() ? "default" : host.networkMode();
    if (config.networkDisabled()) {
      mode = "none";
    }
    return new NetworkingSpec(
        mode,
        endpoints(mode),
        ports(),
        host.publishAllPorts(),
        host.links().orElse(List.of()),
        host.dns(),
        host.dnsSearch(),
        host.dnsOptions(),
        host.extraHosts().orElse(List.of()),
        config.macAddress());
  }

  private Map<String, EndpointRequest> endpoints(String mode) {
    Map<String, EndpointRequest> endpoints = new LinkedHashMap<>();
    document
        .networkingConfig()
        .endpointsConfig()
        .forEach(
            (name, sent) -> {
              // The docker command writes "default" where it means the mode's own network.
              String network = name.equals("default") ? mode : name;
              endpoints.put(
                  network,
                  sent == null ? EndpointRequest.NOTHING : EndpointRequests.of(network, sent));
            });
    return endpoints;
  }

  private List<PublishedPort> ports() {
    List<PublishedPort> ports = new ArrayList<>();
    host.portBindings()
        .forEach(
            (port, bindings) -> {
              // No list, or an empty one, publishes nothing, as in Docker.
              for (PortBindingDocument binding : bindings == null ? NO_BINDINGS : bindings) {
                ports.add(new PublishedPort(port, binding.hostIp(), binding.hostPort()));
              }
            });
    return ports;
  }

  private static final List<PortBindingDocument> NO_BINDINGS = List.of();
}
