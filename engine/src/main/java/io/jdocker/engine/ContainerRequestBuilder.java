package io.jdocker.engine;

import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.LogSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.SecuritySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what a container is to be. What is not said is as with {@code docker run}: the image's
 * command, the default network, no limits. One thread at a time.
 */
public final class ContainerRequestBuilder {
  private static final String LOOPBACK = "127.0.0.1";

  private final String image;
  private String name = "";
  private Optional<List<String>> entrypoint = Optional.empty();
  private Optional<List<String>> command = Optional.empty();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private String workingDirectory = "";
  private String user = "";
  private String hostname = "";
  private final List<Port> exposed = new ArrayList<>();
  private final List<PublishedPort> published = new ArrayList<>();
  private final List<Mount> mounts = new ArrayList<>();
  private final List<NetworkJoin> networks = new ArrayList<>();
  private final List<String> extraHosts = new ArrayList<>();
  private ResourceLimits limits = ResourceLimits.none();
  private Optional<HealthCheck> health = Optional.empty();
  private final List<String> addedCapabilities = new ArrayList<>();
  private final List<String> droppedCapabilities = new ArrayList<>();
  private String stopSignal = "";
  private Optional<Duration> stopTimeout = Optional.empty();
  private boolean privileged;
  private boolean readOnlyRoot;
  private boolean init;
  private boolean stdin;
  private boolean autoRemove;

  ContainerRequestBuilder(String image) {
    this.image = image;
  }

  /** Other containers of a user-defined network find it by this name, too. */
  public ContainerRequestBuilder name(String wanted) {
    name = wanted;
    return this;
  }

  /** In place of the image's; without a word: none at all. */
  public ContainerRequestBuilder entrypoint(String... words) {
    entrypoint = Optional.of(List.of(words));
    return this;
  }

  /** In place of the image's: arguments of the entrypoint or, where there is none, the command. */
  public ContainerRequestBuilder command(String... words) {
    command = Optional.of(List.of(words));
    return this;
  }

  public ContainerRequestBuilder environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public ContainerRequestBuilder label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  public ContainerRequestBuilder workingDirectory(String folder) {
    workingDirectory = folder;
    return this;
  }

  /** {@code user[:group]}, names or numbers. */
  public ContainerRequestBuilder user(String who) {
    user = who;
    return this;
  }

  public ContainerRequestBuilder hostname(String host) {
    hostname = host;
    return this;
  }

  /** Publishes a TCP port on a free port of the loopback address: nobody else reaches it. */
  public ContainerRequestBuilder port(int number) {
    return publish(new PublishedPort(Port.tcp(number), LOOPBACK, 0));
  }

  /** Publishes a port as told. */
  public ContainerRequestBuilder publish(PublishedPort port) {
    published.add(port);
    return this;
  }

  /** Says that it listens there, without publishing it. */
  public ContainerRequestBuilder expose(Port port) {
    exposed.add(port);
    return this;
  }

  public ContainerRequestBuilder mount(Mount mount) {
    mounts.add(mount);
    return this;
  }

  /** Joins a network, in place of the default one; more calls join more networks. */
  public ContainerRequestBuilder network(NetworkJoin network) {
    networks.add(network);
    return this;
  }

  /** As {@link #network(NetworkJoin)}. */
  public ContainerRequestBuilder network(Network network, String... aliases) {
    return network(NetworkJoin.of(network.id(), aliases));
  }

  /** A line of /etc/hosts. */
  public ContainerRequestBuilder host(String host, String address) {
    extraHosts.add(host + ":" + address);
    return this;
  }

  public ContainerRequestBuilder limits(ResourceLimits wanted) {
    limits = wanted;
    return this;
  }

  public ContainerRequestBuilder health(HealthCheck check) {
    health = Optional.of(check);
    return this;
  }

  /** A capability, {@code NET_ADMIN}, or {@code ALL}. */
  public ContainerRequestBuilder addCapability(String capability) {
    addedCapabilities.add(capability);
    return this;
  }

  /** A capability, {@code NET_RAW}, or {@code ALL}. */
  public ContainerRequestBuilder dropCapability(String capability) {
    droppedCapabilities.add(capability);
    return this;
  }

  /** Everything that root of the host may do: a container to be trusted as such. */
  public ContainerRequestBuilder privileged() {
    privileged = true;
    return this;
  }

  public ContainerRequestBuilder readOnlyRoot() {
    readOnlyRoot = true;
    return this;
  }

  /** A first process that reaps and forwards signals runs in front of the command. */
  public ContainerRequestBuilder init() {
    init = true;
    return this;
  }

  /** Its standard input can be written to, see {@link Container#attach}. */
  public ContainerRequestBuilder stdin() {
    stdin = true;
    return this;
  }

  /** What {@link Container#stop()} sends, by name or number. */
  public ContainerRequestBuilder stopSignal(String signal) {
    stopSignal = signal;
    return this;
  }

  /** How long {@link Container#stop()} waits before it kills; whole seconds count. */
  public ContainerRequestBuilder stopTimeout(Duration time) {
    stopTimeout = Optional.of(time);
    return this;
  }

  /** It is removed when it has ended. */
  public ContainerRequestBuilder autoRemove() {
    autoRemove = true;
    return this;
  }

  /** What was collected so far; the builder may be used on. */
  public ContainerRequest build() {
    ContainerSpec spec =
        new ContainerSpec(
            image,
            process(),
            hostname,
            "",
            labels,
            Map.of(),
            exposed.stream().map(Port::toString).toList(),
            List.of(),
            lifecycle(),
            ResourceSpec.of(limits.spec()),
            new SecuritySpec(
                privileged, readOnlyRoot, addedCapabilities, droppedCapabilities, false, ""),
            mounts.stream().map(ContainerRequestBuilder::spec).toList(),
            networking(),
            NamespaceSpec.standard(),
            LogSpec.standard(),
            List.of());
    return new ContainerRequest(name, spec);
  }

  private ProcessSpec process() {
    return new ProcessSpec(
        entrypoint,
        command,
        environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
        workingDirectory,
        user,
        List.of(),
        false,
        stdin,
        stdin,
        0,
        0,
        List.of());
  }

  private LifecycleSpec lifecycle() {
    return new LifecycleSpec(
        autoRemove,
        stopSignal,
        stopTimeout.map(time -> Math.toIntExact(time.toSeconds())),
        init,
        RestartPolicy.none(),
        health.map(HealthCheck::spec));
  }

  private NetworkingSpec networking() {
    Map<String, NetworkingSpec.EndpointRequest> endpoints = new LinkedHashMap<>();
    for (NetworkJoin join : networks) {
      endpoints.put(
          join.network(),
          new NetworkingSpec.EndpointRequest(join.address(), "", join.aliases(), List.of(), 0));
    }
    return new NetworkingSpec(
        networks.isEmpty() ? "default" : networks.get(0).network(),
        endpoints,
        published.stream().map(ContainerRequestBuilder::spec).toList(),
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        extraHosts,
        "");
  }

  private static NetworkingSpec.PublishedPort spec(PublishedPort port) {
    return new NetworkingSpec.PublishedPort(
        port.container().toString(),
        port.hostAddress(),
        port.hostPort() == 0 ? "" : String.valueOf(port.hostPort()));
  }

  private static MountSpec spec(Mount mount) {
    MountSpec.Kind kind;
    String source = "";
    String options = "";
    boolean readOnly;
    if (mount instanceof Mount.Bind bind) {
      kind = MountSpec.Kind.BIND;
      source = bind.source().toAbsolutePath().normalize().toString();
      readOnly = bind.isReadOnly();
    } else if (mount instanceof Mount.Named volume) {
      kind = MountSpec.Kind.VOLUME;
      source = volume.name();
      readOnly = volume.isReadOnly();
    } else {
      Mount.Tmpfs tmpfs = (Mount.Tmpfs) mount;
      kind = MountSpec.Kind.TMPFS;
      options = tmpfs.size() == 0 ? "" : "size=" + tmpfs.size();
      readOnly = tmpfs.isReadOnly();
    }
    return new MountSpec(kind, source, mount.target(), readOnly, "", options, false);
  }
}
