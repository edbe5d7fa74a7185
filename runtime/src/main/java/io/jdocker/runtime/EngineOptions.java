package io.jdocker.runtime;

import io.jdocker.network.NetworkOptions;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How an engine is opened.
 *
 * @param root folder of everything it owns
 * @param cgroupParent control group below which its containers' are made, {@code /jdocker}
 * @param clock tells what time it is
 */
public record EngineOptions(Path root, String cgroupParent, NetworkOptions network, Clock clock) {
  /** The usual ones for a root. */
  public static EngineOptions of(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    return new EngineOptions(
        absolute,
        io.jdocker.cgroups.CgroupDetector.DEFAULT_PARENT,
        NetworkOptions.of(absolute),
        Clock.systemUTC());
  }

  public EngineOptions withCgroupParent(String parent) {
    return new EngineOptions(root, parent, network, clock);
  }

  public EngineOptions withNetwork(NetworkOptions other) {
    return new EngineOptions(root, cgroupParent, other, clock);
  }
}
