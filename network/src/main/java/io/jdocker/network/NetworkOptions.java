package io.jdocker.network;

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
 */
public record NetworkOptions(
    Path root,
    Path namespaces,
    Path names,
    String bridge,
    Optional<Cidr> bip,
    List<Pool> pools,
    int spareNamespaces) {
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
        root, namespaces, names, bridge, Optional.of(address), pools, spareNamespaces);
  }

  public NetworkOptions withBridge(String name) {
    return new NetworkOptions(root, namespaces, names, name, bip, pools, spareNamespaces);
  }

  public NetworkOptions withSpareNamespaces(int count) {
    return new NetworkOptions(root, namespaces, names, bridge, bip, pools, count);
  }
}
