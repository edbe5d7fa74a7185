package io.jdocker.engine;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.Engine;
import java.util.ArrayList;
import java.util.List;

/** Removes all that is to end with an engine: containers, networks, volumes. Images stay. */
final class Sweep {
  private final Engine engine;
  private final List<EngineException> failures = new ArrayList<>();

  Sweep(Engine engine) {
    this.engine = engine;
  }

  /**
   * Removes as much as can be.
   *
   * @throws EngineException the first reason why something could not, the others with it
   */
  void run() {
    engine
        .containers()
        .list()
        .forEach(
            container ->
                attempt(() -> engine.containers().remove(container.id().hex(), true, true)));
    engine.networks().list().stream()
        .filter(network -> !network.predefined())
        .forEach(network -> attempt(() -> engine.networks().remove(network.id())));
    engine
        .volumes()
        .list()
        .forEach(volume -> attempt(() -> engine.volumes().remove(volume.name(), List.of())));
    if (!failures.isEmpty()) {
      EngineException first = failures.remove(0);
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private void attempt(Runnable removal) {
    try {
      removal.run();
    } catch (NotFound e) {
      return; // it went by itself
    } catch (EngineException e) {
      failures.add(e);
    }
  }
}
