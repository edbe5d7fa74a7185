package io.jdocker.runtime;

import io.jdocker.cgroups.CgroupDetector;
import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.network.NetworkOptions;
import io.jdocker.runtime.timer.ThreadTimer;
import io.jdocker.runtime.timer.Timer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How an engine is opened.
 *
 * @param root folder of everything it owns
 * @param cgroupParent control group below which its containers' are made: {@code /jdocker}, or one
 *     of its own for another root than the usual one
 * @param clock tells what time it is
 * @param timer makes what waits for restarts and probes; the engine closes it
 * @param registries how registries are reached
 * @param users who users of containers are on the host; none: who they are in there
 */
public record EngineOptions(
    Path root,
    String cgroupParent,
    NetworkOptions network,
    Clock clock,
    Supplier<Timer> timer,
    RegistryOptions registries,
    IdMapping users) {
  private static final Path DEFAULT_ROOT = Path.of("/var/lib/jdocker");

  /** Without user namespaces. */
  public EngineOptions(
      Path root,
      String cgroupParent,
      NetworkOptions network,
      Clock clock,
      Supplier<Timer> timer,
      RegistryOptions registries) {
    this(root, cgroupParent, network, clock, timer, registries, IdMapping.none());
  }

  /** The usual ones for a root. */
  public static EngineOptions of(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    return new EngineOptions(
        absolute,
        cgroupParent(absolute),
        NetworkOptions.of(absolute),
        Clock.systemUTC(),
        ThreadTimer::new,
        RegistryOptions.standard(System.getenv()),
        IdMapping.none());
  }

  /**
   * A group of its own for every root but the usual one: an engine that starts ends what runs in
   * groups that it does not know, and those of another root's engine it cannot know.
   */
  private static String cgroupParent(Path root) {
    String shared = CgroupDetector.DEFAULT_PARENT;
    return root.equals(DEFAULT_ROOT)
        ? shared
        : shared + String.format(Locale.ROOT, "-%08x", root.toString().hashCode());
  }

  public EngineOptions withCgroupParent(String parent) {
    return new EngineOptions(root, parent, network, clock, timer, registries, users);
  }

  public EngineOptions withNetwork(NetworkOptions other) {
    return new EngineOptions(root, cgroupParent, other, clock, timer, registries, users);
  }

  /** With another time than the machine's. */
  public EngineOptions withTime(Clock otherClock, Supplier<Timer> otherTimer) {
    return new EngineOptions(
        root, cgroupParent, network, otherClock, otherTimer, registries, users);
  }

  public EngineOptions withRegistries(RegistryOptions other) {
    return new EngineOptions(root, cgroupParent, network, clock, timer, other, users);
  }

  /** With a user namespace for every container that does not refuse it. */
  public EngineOptions withUsers(IdMapping other) {
    return new EngineOptions(root, cgroupParent, network, clock, timer, registries, other);
  }
}
