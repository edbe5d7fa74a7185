package io.jdocker.runtime.spec;

import java.util.Optional;

/**
 * How a container ends, and what happens then.
 *
 * @param autoRemove it is removed when it has ended (--rm)
 * @param stopSignal name or number; empty: the image's, or SIGTERM
 * @param stopTimeout seconds between the stop signal and SIGKILL; empty: 10; -1: no limit
 * @param init a first process that reaps and forwards signals runs in front of the command
 * @param restart whether it is started again when it has ended
 * @param health how it is probed; empty: neither the user nor the image says
 */
public record LifecycleSpec(
    boolean autoRemove,
    String stopSignal,
    Optional<Integer> stopTimeout,
    boolean init,
    RestartPolicy restart,
    Optional<HealthSpec> health) {
  /** Nothing special. */
  public static LifecycleSpec standard() {
    return new LifecycleSpec(
        false, "", Optional.empty(), false, RestartPolicy.none(), Optional.empty());
  }

  public LifecycleSpec withRestart(RestartPolicy other) {
    return new LifecycleSpec(autoRemove, stopSignal, stopTimeout, init, other, health);
  }

  public LifecycleSpec withHealth(Optional<HealthSpec> other) {
    return new LifecycleSpec(autoRemove, stopSignal, stopTimeout, init, restart, other);
  }
}
