package io.jdocker.runtime.container;

import io.jdocker.runtime.restart.RestartRules.Ended;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import java.time.Instant;

/**
 * All that is kept of a container, as one JSON file. Immutable.
 *
 * @param imageId digest of its image
 * @param restartCount how often its policy has started it since it was started by hand
 * @param manuallyStopped somebody stopped or killed it, so no policy restarts it
 */
public record ContainerRecord(
    ContainerId id,
    String name,
    Instant created,
    String imageId,
    ContainerSpec spec,
    ContainerState state,
    int restartCount,
    boolean manuallyStopped) {
  public ContainerRecord withState(ContainerState other) {
    return new ContainerRecord(
        id, name, created, imageId, spec, other, restartCount, manuallyStopped);
  }

  public ContainerRecord withSpec(ContainerSpec other) {
    return new ContainerRecord(
        id, name, created, imageId, other, state, restartCount, manuallyStopped);
  }

  public ContainerRecord withName(String other) {
    return new ContainerRecord(
        id, other, created, imageId, spec, state, restartCount, manuallyStopped);
  }

  /** Somebody starts it: what its policy has done so far is forgotten. */
  ContainerRecord startedByHand() {
    return new ContainerRecord(id, name, created, imageId, spec, state, 0, false);
  }

  /** Somebody ends it: its policy does not start it again. */
  ContainerRecord endedByHand() {
    return new ContainerRecord(id, name, created, imageId, spec, state, restartCount, true);
  }

  /** It has ended, and its policy starts it once more. */
  ContainerRecord toBeRestarted() {
    return new ContainerRecord(
        id, name, created, imageId, spec, state.restarting(), restartCount + 1, false);
  }

  /** What its policy is to know of its last run. */
  Ended lastRun() {
    return new Ended(state.exitCode(), restartCount, manuallyStopped);
  }

  RestartPolicy policy() {
    return spec.lifecycle().restart();
  }
}
