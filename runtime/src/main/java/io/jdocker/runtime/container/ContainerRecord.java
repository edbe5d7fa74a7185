package io.jdocker.runtime.container;

import io.jdocker.runtime.spec.ContainerSpec;
import java.time.Instant;

/**
 * All that is kept of a container, as one JSON file. Immutable.
 *
 * @param imageId digest of its image
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
}
