package io.jdocker.runtime.container;

import io.jdocker.runtime.health.ProbeResult;
import io.jdocker.runtime.spec.HealthSpec;
import java.util.concurrent.CompletableFuture;

/** Looks once after a container. */
@FunctionalInterface
interface Probe {
  /**
   * Begins.
   *
   * @return what tells of its end; a probe that cannot be begun has ended with {@link
   *     ProbeResult#NOT_RUN}
   */
  Running begin(Container container, HealthSpec spec);

  /** A probe under way. */
  interface Running {
    /** Completed, never exceptionally, when nothing of the probe runs any more. */
    CompletableFuture<ProbeResult> result();

    /** Ends it before its time. */
    void kill();
  }
}
