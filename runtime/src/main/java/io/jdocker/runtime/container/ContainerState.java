package io.jdocker.runtime.container;

import io.jdocker.runtime.health.Health;
import java.time.Instant;
import java.util.Optional;

/**
 * The changing part of a container, replaced as a whole.
 *
 * @param pid of the first process as the host sees it; 0 while none runs
 * @param keeperPid of the keeper; 0 while none runs
 * @param exitCode of the last run, as a shell shows it
 * @param error why the last start failed; empty where it did not
 * @param oomKilled the kernel killed a process of the last run for want of memory
 * @param startedAt of the last run; {@link #NEVER} before the first
 * @param health what probes of the last run have shown; empty where none are made
 */
public record ContainerState(
    Status status,
    int pid,
    int keeperPid,
    int exitCode,
    String error,
    boolean oomKilled,
    Instant startedAt,
    Instant finishedAt,
    Optional<Health> health) {
  /** Docker's zero time. */
  public static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  public static ContainerState created() {
    return new ContainerState(Status.CREATED, 0, 0, 0, "", false, NEVER, NEVER, Optional.empty());
  }

  /** It runs, since that moment. */
  public ContainerState running(int newPid, int newKeeperPid, Instant since) {
    return new ContainerState(
        Status.RUNNING, newPid, newKeeperPid, 0, "", false, since, finishedAt, health);
  }

  /** Its processes stand still. */
  public ContainerState paused() {
    return with(Status.PAUSED);
  }

  /** Its processes run on. */
  public ContainerState unpaused() {
    return with(Status.RUNNING);
  }

  /** A start came to nothing; the container stays what it was. */
  public ContainerState failedToStart(int code, String why) {
    Status after = status == Status.RESTARTING ? Status.EXITED : status;
    return new ContainerState(after, 0, 0, code, why, false, startedAt, finishedAt, health);
  }

  public ContainerState exited(int code, boolean outOfMemory, Instant at) {
    return new ContainerState(
        Status.EXITED,
        0,
        0,
        code,
        error,
        outOfMemory,
        startedAt,
        at,
        health.map(Health::unwatched));
  }

  /** Its policy starts it again soon. */
  public ContainerState restarting() {
    return with(Status.RESTARTING);
  }

  /** It is not started again after all. */
  public ContainerState givenUp() {
    return with(Status.EXITED);
  }

  public ContainerState removing() {
    return with(Status.REMOVING);
  }

  public ContainerState withHealth(Optional<Health> other) {
    return new ContainerState(
        status, pid, keeperPid, exitCode, error, oomKilled, startedAt, finishedAt, other);
  }

  private ContainerState with(Status other) {
    return new ContainerState(
        other, pid, keeperPid, exitCode, error, oomKilled, startedAt, finishedAt, health);
  }
}
