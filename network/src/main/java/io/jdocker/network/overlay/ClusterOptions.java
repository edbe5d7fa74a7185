package io.jdocker.network.overlay;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.etcd.EtcdEndpoint;
import io.jdocker.network.etcd.EtcdTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the hosts of a cluster meet, as the daemon's flags say it. It is kept as given, so that it
 * can be written down and read again.
 *
 * @param store {@code etcd://HOST:PORT[,HOST:PORT...]} or {@code etcds://...}, or {@link #NONE}
 * @param advertise the address or link by which other hosts reach this one; empty text for that of
 *     the default route
 * @param options {@code --cluster-store-opt}, under Docker's names where Docker has one
 */
public record ClusterOptions(String store, String advertise, Map<String, String> options) {
  /** In place of a store: the one that was chosen before is to be forgotten. */
  public static final String NONE = "none";

  private static final String CA = "kv.cacertfile";
  private static final String CERTIFICATE = "kv.certfile";
  private static final String KEY = "kv.keyfile";
  private static final String PATH = "kv.path";
  private static final String TTL = "discovery.ttl";
  private static final Set<String> KNOWN = Set.of(CA, CERTIFICATE, KEY, PATH, TTL);
  private static final String FLANNEL_PATH = "/coreos.com/network";

  /** What flannel grants its leases for. */
  private static final Duration FLANNEL_TTL = Duration.ofDays(1);

  /**
   * Checks everything once, so that a wrong value is noticed when the engine starts.
   *
   * @throws InvalidArgument naming what is wrong
   */
  public ClusterOptions {
    options = Map.copyOf(options);
    if (!store.equals(NONE)) {
      EtcdEndpoint.parse(store);
    }
    for (String name : options.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new InvalidArgument(
            "unknown --cluster-store-opt "
                + name
                + ": choose among "
                + String.join(", ", KNOWN.stream().sorted().toList()));
      }
    }
    String ttl = options.getOrDefault(TTL, "1");
    if (!ttl.matches("[1-9][0-9]{0,8}")) {
      throw new InvalidArgument("invalid " + TTL + " \"" + ttl + "\": it is a number of seconds");
    }
  }

  /** A store with nothing else chosen. */
  public static ClusterOptions of(String store) {
    return new ClusterOptions(store, "", Map.of());
  }

  EtcdTls tls() {
    return new EtcdTls(file(CA), file(CERTIFICATE), file(KEY));
  }

  private Optional<Path> file(String option) {
    return Optional.ofNullable(options.get(option)).map(Path::of);
  }

  /** The prefix of flannel's keys, without a slash at its end. */
  String flannelPath() {
    String path = options.getOrDefault(PATH, FLANNEL_PATH).replaceAll("/+$", "");
    return path.startsWith("/") ? path : "/" + path;
  }

  /** How long this host's entries outlive it. */
  Duration life() {
    return Optional.ofNullable(options.get(TTL))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(FLANNEL_TTL);
  }
}
