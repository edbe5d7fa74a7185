package io.jdocker.network;

import io.jdocker.network.overlay.ClusterOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an engine's networks are set up.
 *
 * @param root folder of the state files, {@code ROOT/network}
 * @param namespaces folder where network namespaces are pinned, {@code ROOT/netns}
 * @param names folder where they are named for ip-netns(8), {@code /run/netns}
 * @param bridge name of the default bridge's link
 * @param bip {@code --bip}: address and prefix of the default bridge
 * @param pools subnets for networks without a chosen one, in order of preference
 * @param spareNamespaces how many network namespaces to make ahead of need; 0 for none
 * @param cluster where hosts of overlay networks meet; empty for what was chosen before, if it was
 */
public record NetworkOptions(
    Path root,
    Path namespaces,
    Path names,
    String bridge,
    Optional<Cidr> bip,
    List<Pool> pools,
    int spareNamespaces,
    Optional<ClusterOptions> cluster) {
  /**
   * A range that is cut into subnets.
   *
   * @param size prefix length of each subnet
   */
  public record Pool(Cidr base, int size) {}

  private static final List<Pool> DOCKER_POOLS =
      List.of(
          new Pool(Cidr.of("172.17.0.0/16"), 16),
          new Pool(Cidr.of("172.18.0.0/16"), 16),
          new Pool(Cidr.of("172.19.0.0/16"), 16),
          new Pool(Cidr.of("172.20.0.0/14"), 16),
          new Pool(Cidr.of("172.24.0.0/14"), 16),
          new Pool(Cidr.of("172.28.0.0/14"), 16),
          new Pool(Cidr.of("192.168.0.0/16"), 20));

  public NetworkOptions {
    pools = List.copyOf(pools);
  }

  /** Without a cluster, unless one was chosen before. */
  public NetworkOptions(
      Path root,
      Path namespaces,
      Path names,
      String bridge,
      Optional<Cidr> bip,
      List<Pool> pools,
      int spareNamespaces) {
    this(root, namespaces, names, bridge, bip, pools, spareNamespaces, Optional.empty());
  }

  /** The defaults for an engine's root folder. */
  public static NetworkOptions of(Path engineRoot) {
    return new NetworkOptions(
        engineRoot.resolve("network"),
        engineRoot.resolve("netns"),
        Path.of("/run/netns"),
        "jdocker0",
        Optional.empty(),
        DOCKER_POOLS,
        4);
  }

  public NetworkOptions withBip(Cidr address) {
    return new NetworkOptions(
        root, namespaces, names, bridge, Optional.of(address), pools, spareNamespaces, cluster);
  }

  public NetworkOptions withBridge(String name) {
    return new NetworkOptions(root, namespaces, names, name, bip, pools, spareNamespaces, cluster);
  }

  public NetworkOptions withPools(List<Pool> others) {
    return new NetworkOptions(
        root, namespaces, names, bridge, bip, others, spareNamespaces, cluster);
  }

  public NetworkOptions withSpareNamespaces(int count) {
    return new NetworkOptions(root, namespaces, names, bridge, bip, pools, count, cluster);
  }

  public NetworkOptions withCluster(ClusterOptions options) {
    return new NetworkOptions(
        root, namespaces, names, bridge, bip, pools, spareNamespaces, Optional.of(options));
  }
}
