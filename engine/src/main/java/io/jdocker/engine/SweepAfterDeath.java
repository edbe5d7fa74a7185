package io.jdocker.engine;

import io.jdocker.linux.failure.Conflict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The program that a {@link DeathWatch} becomes: opens an engine, which sweeps, and closes it. */
final class SweepAfterDeath {
  private SweepAfterDeath() {}

  /**
   * Runs.
   *
   * @param arguments root, control group and bridge of the engine whose process died
   */
  public static void main(String[] arguments) {
    EngineSettings settings =
        new EngineSettings(
            Path.of(arguments[0]),
            Lifetime.PROCESS,
            arguments[1],
            arguments[2],
            Optional.empty(),
            List.of(),
            List.of());
    try {
      ContainerEngine.open(settings).close();
    } catch (Conflict e) {
      return; // another engine has the root already, and has swept at its opening
    }
  }
}
