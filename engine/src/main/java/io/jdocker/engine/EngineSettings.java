package io.jdocker.engine;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.Cidr;
import io.jdocker.runtime.EngineOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an engine is opened. Two engines of one machine differ in their roots and, where they share a
 * network namespace, in the names of their bridges.
 *
 * @param root folder of everything the engine owns, on a file system that overlayfs can be based on
 * @param lifetime what becomes of containers at its end
 * @param cgroupParent the control group that holds its containers': one of its own for each root
 * @param bridge name of the default network's link, 15 bytes at most: {@code jdocker0}
 * @param bridgeAddress address and prefix length of that bridge, {@code 172.17.0.1/16}; empty: the
 *     first that is free
 * @param registryMirrors asked before Docker Hub, in this order
 * @param insecureRegistries registries without a valid certificate: host, host:port or network
 */
public record EngineSettings(
    Path root,
    Lifetime lifetime,
    String cgroupParent,
    String bridge,
    Optional<String> bridgeAddress,
    List<URI> registryMirrors,
    List<String> insecureRegistries) {
  public EngineSettings {
    root = root.toAbsolutePath().normalize();
    registryMirrors = List.copyOf(registryMirrors);
    insecureRegistries = List.copyOf(insecureRegistries);
  }

  /** The daemon's own settings, for a root. */
  public static EngineSettings of(Path root) {
    return new EngineSettings(
        root,
        Lifetime.PERSISTENT,
        EngineOptions.of(root).cgroupParent(),
        "jdocker0",
        Optional.empty(),
        List.of(),
        List.of());
  }

  public EngineSettings withLifetime(Lifetime other) {
    return new EngineSettings(
        root, other, cgroupParent, bridge, bridgeAddress, registryMirrors, insecureRegistries);
  }

  public EngineSettings withCgroupParent(String parent) {
    return new EngineSettings(
        root, lifetime, parent, bridge, bridgeAddress, registryMirrors, insecureRegistries);
  }

  public EngineSettings withBridge(String name) {
    return new EngineSettings(
        root, lifetime, cgroupParent, name, bridgeAddress, registryMirrors, insecureRegistries);
  }

  /** With a fixed address, such as {@code 172.17.0.1/16}, of the default bridge. */
  public EngineSettings withBridgeAddress(String address) {
    return new EngineSettings(
        root,
        lifetime,
        cgroupParent,
        bridge,
        Optional.of(address),
        registryMirrors,
        insecureRegistries);
  }

  public EngineSettings withRegistryMirrors(URI... mirrors) {
    return new EngineSettings(
        root, lifetime, cgroupParent, bridge, bridgeAddress, List.of(mirrors), insecureRegistries);
  }

  public EngineSettings withInsecureRegistries(String... registries) {
    return new EngineSettings(
        root, lifetime, cgroupParent, bridge, bridgeAddress, registryMirrors, List.of(registries));
  }

  /**
   * As the engine takes them.
   *
   * @throws InvalidArgument for an address or registry that is none
   */
  EngineOptions options() {
    EngineOptions standard = EngineOptions.of(root);
    return standard
        .withCgroupParent(cgroupParent)
        .withNetwork(
            bridgeAddress
                .map(address -> standard.network().withBip(cidr(address)))
                .orElse(standard.network())
                .withBridge(bridge))
        .withRegistries(
            standard.registries().withMirrors(registryMirrors).withInsecure(insecureRegistries));
  }

  private static Cidr cidr(String address) {
    return Cidr.parse(address)
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "bridge address \""
                        + address
                        + "\" is no address with prefix length, like 172.17.0.1/16"));
  }
}
