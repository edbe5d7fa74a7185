package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.Fd;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.overlay.ClusterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One host of a {@link Lan}: a network namespace with an engine's networks in it. */
final class LanHost implements AutoCloseable {
  private final Lan lan;
  private final int number;
  private final Fd namespace;
  private final NetworkOptions options;
  private final Set<String> attached = new HashSet<>();
  private final String before;
  private Networks networks;

  /**
   * @param number last part of the host's address, and of its containers' ids
   */
  LanHost(Lan lan, Path folder, int number) {
    this(lan, folder, number, ClusterOptions.of(lan.etcd().url()));
  }

  LanHost(Lan lan, Path folder, int number, ClusterOptions cluster) {
    this.lan = lan;
    this.number = number;
    this.namespace = lan.newNamespace();
    lan.plug(namespace, number);
    this.before = footprint();
    this.options = options(folder.resolve("host" + number)).withCluster(cluster);
    open();
    lan.add(this);
  }

  /** Namespaces are named in a folder of its own: hosts do not share /run/netns. */
  private static NetworkOptions options(Path root) {
    NetworkOptions usual = NetworkOptions.of(root);
    return new NetworkOptions(
        usual.root(),
        usual.namespaces(),
        root.resolve("names"),
        usual.bridge(),
        usual.bip(),
        usual.pools(),
        0);
  }

  private void open() {
    networks = lan.in(namespace, () -> Networks.open(options, lan.kernel()));
  }

  String address() {
    return "192.168.77." + number;
  }

  NetworkOptions options() {
    return options;
  }

  <T> T with(Function<Networks, T> work) {
    return lan.in(namespace, () -> work.apply(networks));
  }

  /** Lets the engine go, and with it whatever only its process holds. */
  void stop() {
    lan.in(
        namespace,
        () -> {
          networks.close();
          return true;
        });
  }

  /** Opens the networks anew, as a restarted engine does, with all containers alive. */
  List<SystemFailure> start() {
    open();
    return with(n -> n.restore(attached));
  }

  /** A flannel network. */
  Network createFlannel(String name) {
    return create(name, "");
  }

  /**
   * @param subnet empty text for this host's part of the flannel network
   */
  Network create(String name, String subnet) {
    return with(n -> n.create(overlay(name, subnet)));
  }

  static NetworkSpec overlay(String name, String subnet) {
    return new NetworkSpec(
        name,
        "overlay",
        Optional.of(subnet).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        false,
        false,
        Map.of(),
        Map.of());
  }

  Sandbox attach(int container, String network) {
    return attach(container, EndpointSpec.on(network));
  }

  /** Puts a container with a name server on a network. */
  Sandbox attach(int container, EndpointSpec spec) {
    String id = id(container);
    Sandbox sandbox =
        with(
            n ->
                n.attach(
                    new SandboxRequest(
                        id,
                        "c" + container,
                        new NetworkMode.UserNetwork(spec.network()),
                        List.of(spec),
                        List.of(),
                        false,
                        Set.of(),
                        List.of(),
                        Optional.of(names(container))),
                    Trace.off()));
    attached.add(id);
    return sandbox;
  }

  private NamesSpec names(int container) {
    try {
      Path folder = Files.createDirectories(options.root().resolve("names" + container));
      return new NamesSpec(
          folder, "box" + container, "", List.of(), List.of(), List.of(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String id(int container) {
    return String.format("%012x", 0xc0000000L + container) + "0".repeat(52);
  }

  void detach(int container) {
    lan.in(
        namespace,
        () -> {
          networks.detach(id(container), Trace.off());
          return true;
        });
    attached.remove(id(container));
  }

  /** Runs a shell command on the host; its output and, where it fails, its status. */
  String shell(String command) {
    return lan.in(namespace, () -> execute(command));
  }

  /** Runs a shell command in a container. */
  String in(Sandbox sandbox, String command) {
    Path file = sandbox.namespacePath().orElseThrow();
    try (Fd fd = lan.kernel().files().open(file.toString(), OpenFlags.O_RDONLY, 0)) {
      return lan.in(fd, () -> execute(command));
    }
  }

  /** Runs a shell command in the calling thread's network namespace. */
  static String execute(String command) {
    try {
      Process process =
          new ProcessBuilder("timeout", "60", "sh", "-c", command)
              .redirectErrorStream(true)
              .start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return output + "\nfailed";
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** True where a packet comes back. */
  boolean pings(Sandbox from, Ipv4 to) {
    return in(from, "busybox ping -c 1 -W 2 " + to).contains(" 1 packets received");
  }

  /** What an engine could leave behind on this host. */
  String footprint() {
    return shell(
        "ip -o link | sed 's/^[0-9]*: //; s/ state .*//; s/<.*>//'; ip -4 route | sed 's/ linkdown//';"
            + " ip -4 neigh show nud permanent; bridge fdb show | grep ' dst ';"
            + " iptables-save | sed '/^[#*C]/d; /^:[A-Z]* [AD]/d; s/ \\[.*\\]//'");
  }

  /** Removes all containers. */
  void empty() {
    for (String id : List.copyOf(attached)) {
      with(
          n -> {
            n.detach(id, Trace.off());
            return true;
          });
      attached.remove(id);
    }
  }

  void remove(String network) {
    with(
        n -> {
          n.remove(network);
          return true;
        });
  }

  /** Removes everything, and checks that nothing is left. */
  @Override
  public void close() {
    empty();
    for (Network network : with(Networks::list)) {
      try {
        if (!network.predefined()) {
          remove(network.id());
        }
      } catch (NotFound goneOnAllHosts) {
        // another host was faster
      }
    }
    stop();
    assertEquals(before, footprint());
  }
}
