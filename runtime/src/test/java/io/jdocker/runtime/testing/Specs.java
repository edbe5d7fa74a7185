package io.jdocker.runtime.testing;

import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.LogSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.SecuritySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds container specifications for tests: the image {@code busybox}, no network, no limits. */
public final class Specs {
  private final List<String> command;
  private final List<String> environment = new ArrayList<>();
  private final List<MountSpec> mounts = new ArrayList<>();
  private final List<String> exposed = new ArrayList<>();
  private String workingDirectory = "";
  private String user = "";
  private boolean terminal;
  private boolean openStdin;
  private boolean stdinOnce;
  private boolean autoRemove;
  private boolean init;
  private RestartPolicy restart = RestartPolicy.none();
  private Optional<HealthSpec> health = Optional.empty();
  private ResourceSpec resources = ResourceSpec.none();
  private SecuritySpec security = SecuritySpec.standard();
  private NamespaceSpec namespaces = NamespaceSpec.standard();
  private LogSpec log = LogSpec.standard();
  private List<String> volumesFrom = List.of();
  private String hostname = "";
  private Map<String, String> labels = Map.of();
  private NetworkingSpec networking = NetworkingSpec.standard("none");

  private Specs(List<String> command) {
    this.command = command;
  }

  /** A container that runs that command. */
  public static Specs run(String... command) {
    return new Specs(List.of(command));
  }

  /** A container that runs that shell script. */
  public static Specs shell(String script) {
    return run("sh", "-c", script);
  }

  public Specs environment(String... variables) {
    environment.addAll(List.of(variables));
    return this;
  }

  public Specs workingDirectory(String folder) {
    workingDirectory = folder;
    return this;
  }

  public Specs user(String name) {
    user = name;
    return this;
  }

  public Specs terminal() {
    terminal = true;
    return this;
  }

  /**
   * With a standard input.
   *
   * @param once it ends with the first client
   */
  public Specs stdin(boolean once) {
    openStdin = true;
    stdinOnce = once;
    return this;
  }

  public Specs autoRemove() {
    autoRemove = true;
    return this;
  }

  public Specs init() {
    init = true;
    return this;
  }

  /** With that policy; unlimited where it counts. */
  public Specs restart(RestartPolicy.Mode mode) {
    return restart(mode, 0);
  }

  public Specs restart(RestartPolicy.Mode mode, int maximumRetries) {
    restart = new RestartPolicy(mode, maximumRetries);
    return this;
  }

  public Specs health(HealthSpec check) {
    health = Optional.of(check);
    return this;
  }

  public Specs resources(ResourceSpec limits) {
    resources = limits;
    return this;
  }

  public Specs security(SecuritySpec rules) {
    security = rules;
    return this;
  }

  public Specs networking(NetworkingSpec network) {
    networking = network;
    return this;
  }

  /** Says that it listens there. */
  public Specs exposing(String port) {
    exposed.add(port);
    return this;
  }

  public Specs mount(MountSpec mount) {
    mounts.add(mount);
    return this;
  }

  public Specs namespaces(NamespaceSpec shared) {
    namespaces = shared;
    return this;
  }

  public Specs log(String driver, Map<String, String> options) {
    log = new LogSpec(driver, options);
    return this;
  }

  public Specs volumesFrom(String... containers) {
    volumesFrom = List.of(containers);
    return this;
  }

  public Specs hostname(String name) {
    hostname = name;
    return this;
  }

  public Specs labels(Map<String, String> all) {
    labels = all;
    return this;
  }

  /** Mounts a folder or file of the host. */
  public Specs bind(String source, String target, boolean readOnly) {
    return mount(new MountSpec(MountSpec.Kind.BIND, source, target, readOnly, "", "", false));
  }

  /** A further process as root, with pipes for its output. */
  public static ExecSpec exec(String... command) {
    return execAs("", command);
  }

  /** A further process as the given user; empty: the container's. */
  public static ExecSpec execAs(String user, String... command) {
    return new ExecSpec(
        List.of(command), List.of(), "", user, false, false, true, true, false, 0, 0);
  }

  public ContainerSpec spec() {
    return spec("busybox");
  }

  public ContainerSpec spec(String image) {
    return new ContainerSpec(
        image,
        new ProcessSpec(
            Optional.empty(),
            Optional.of(command),
            environment,
            workingDirectory,
            user,
            List.of(),
            terminal,
            openStdin,
            stdinOnce,
            0,
            0,
            List.of()),
        hostname,
        "",
        labels,
        Map.of(),
        exposed,
        List.of(),
        new LifecycleSpec(autoRemove, "", Optional.empty(), init, restart, health),
        resources,
        security,
        mounts,
        networking,
        namespaces,
        log,
        volumesFrom);
  }
}
