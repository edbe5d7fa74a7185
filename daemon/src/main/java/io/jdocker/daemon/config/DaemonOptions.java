package io.jdocker.daemon.config;

import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Cidr;
import io.jdocker.network.NetworkOptions;
import io.jdocker.network.overlay.ClusterOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the daemon is started with.
 *
 * @param root where all state and the socket are; absolute
 * @param hosts where the API listens; the socket below the root where nothing was chosen
 * @param bip address and prefix of the default bridge; empty for the first free subnet
 * @param pools subnets of further networks; empty for Docker's
 * @param cgroupParent control group below which containers get theirs; empty for the default
 * @param users who users of containers are on the host: {@code default}, USER[:GROUP] or UID[:GID]
 * @param cluster where hosts of overlay networks meet; empty for the one chosen before
 * @param metrics where Prometheus may ask; empty for nowhere
 */
public record DaemonOptions(
    Path root,
    List<ListenAddress> hosts,
    ServerTls tls,
    Optional<String> bip,
    List<NetworkOptions.Pool> pools,
    Optional<String> cgroupParent,
    Optional<String> users,
    Optional<ClusterOptions> cluster,
    Optional<InetSocketAddress> metrics,
    LogOptions log,
    Changeable changeable) {
  private static final Path DEFAULT_ROOT = Path.of("/var/lib/jdocker");
  private static final Path DEFAULT_FILE = Path.of("/etc/jdocker/daemon.json");
  private static final int PLAIN_PORT = 2375;
  private static final int TLS_PORT = 2376;

  /**
   * Reads flags, and the file that they name, or {@code /etc/jdocker/daemon.json}; a root of its
   * own has its own {@code daemon.json}. See {@link Directive} for what there is.
   *
   * @throws InvalidArgument naming what is wrong
   * @throws Unsupported for what Docker has and jdocker has not
   */
  public static DaemonOptions parse(List<String> arguments) {
    Directives flags = Directives.ofFlags(arguments);
    Path root =
        flags.one(Directive.ROOT).map(Path::of).orElse(DEFAULT_ROOT).toAbsolutePath().normalize();
    Optional<Path> named = flags.one(Directive.CONFIG_FILE).map(Path::of);
    Path file =
        named.orElse(root.equals(DEFAULT_ROOT) ? DEFAULT_FILE : root.resolve("daemon.json"));
    Directives all;
    try {
      all = flags.and(new ConfigFile(file).read(named.isPresent()));
    } catch (InvalidArgument | Unsupported e) {
      throw told(e, file);
    }
    return of(root, all);
  }

  /** What an operator should be reminded of: that others may come in. */
  public List<String> notices() {
    if (tls.verified()) {
      return List.of();
    }
    String how = tls.files().isPresent() ? "without TLS client verification" : "without encryption";
    String scheme = tls.files().isPresent() ? "https" : "http";
    return hosts.stream()
        .filter(ListenAddress.Tcp.class::isInstance)
        .map(
            host ->
                "WARNING: API is accessible on "
                    + scheme
                    + ":/"
                    + ((ListenAddress.Tcp) host).address()
                    + " "
                    + how
                    + ".\n         Access to the remote API is equivalent to root access on the"
                    + " host.")
        .toList();
  }

  /** These, with what may change while it runs as it is there. */
  public DaemonOptions withChangeableOf(DaemonOptions other) {
    return new DaemonOptions(
        root,
        hosts,
        tls,
        bip,
        pools,
        cgroupParent,
        users,
        cluster,
        metrics,
        other.log,
        other.changeable);
  }

  private static EngineException told(EngineException e, Path file) {
    String text =
        "unable to configure the jdocker daemon with file " + file + ": " + e.getMessage();
    return e instanceof Unsupported ? new Unsupported(text, e) : new InvalidArgument(text, e);
  }

  private static DaemonOptions of(Path root, Directives set) {
    boolean tls =
        set.flag(Directive.TLS).orElse(false) || set.flag(Directive.TLS_VERIFY).orElse(false);
    List<ListenAddress> hosts =
        set.all(Directive.HOST).stream()
            .map(text -> ListenAddress.parse(text, tls ? TLS_PORT : PLAIN_PORT))
            .toList();
    boolean tcp = hosts.stream().anyMatch(ListenAddress.Tcp.class::isInstance);
    return new DaemonOptions(
        root,
        hosts.isEmpty() ? List.of(new ListenAddress.Unix(root.resolve("jdocker.sock"))) : hosts,
        ServerTls.of(set, tcp),
        set.one(Directive.BIP),
        set.all(Directive.POOL).stream().map(DaemonOptions::pool).toList(),
        set.one(Directive.CGROUP_PARENT),
        set.one(Directive.USERNS_REMAP).filter(text -> !text.isEmpty()),
        ClusterSetting.of(set),
        set.one(Directive.METRICS).map(text -> ListenAddress.socketAddress(text, text, -1)),
        LogOptions.of(set),
        Changeable.of(set, RegistryOptions.standard(System.getenv())));
  }

  /** {@code base=10.0.0.0/8,size=24}. */
  private static NetworkOptions.Pool pool(String text) {
    String base = "";
    String size = "";
    for (String part : text.split(",", -1)) {
      String[] pair = part.split("=", 2);
      switch (pair[0]) {
        case "base" -> base = pair.length > 1 ? pair[1] : "";
        case "size" -> size = pair.length > 1 ? pair[1] : "";
        default -> throw badPool(text);
      }
    }
    Optional<Cidr> range = Cidr.parse(base);
    if (range.isEmpty() || !size.matches("[0-9]{1,2}")) {
      throw badPool(text);
    }
    int bits = Integer.parseInt(size);
    if (bits < range.get().prefix() || bits > 30) {
      throw badPool(text);
    }
    return new NetworkOptions.Pool(range.get(), bits);
  }

  private static InvalidArgument badPool(String text) {
    return new InvalidArgument(
        "invalid default address pool \"" + text + "\": write base=10.10.0.0/16,size=24");
  }
}
