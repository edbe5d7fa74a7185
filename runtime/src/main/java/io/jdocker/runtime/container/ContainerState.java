package io.jdocker.runtime.container;

import java.time.Instant;

/**
 * The changing part of a container, replaced as a whole.
 *
 * @param pid of the first process as the host sees it; 0 while none runs
 * @param keeperPid of the keeper; 0 while none runs
 * @param exitCode of the last run, as a shell shows it
 * @param error why the last start failed; empty where it did not
 * @param oomKilled the kernel killed a process of the last run for want of memory
 * @param startedAt of the last run; {@link #NEVER} before the first
 */
public record ContainerState(
    Status status,
    int pid,
    int keeperPid,
    int exitCode,
    String error,
    boolean oomKilled,
    Instant startedAt,
    Instant finishedAt) {
  /** Docker's zero time. */
  public static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  public static ContainerState created() {
    return new ContainerState(Status.CREATED, 0, 0, 0, "", false, NEVER, NEVER);
  }

  /** It runs, since that moment. */
  public ContainerState running(int newPid, int newKeeperPid, Instant since) {
    return new ContainerState(
        Status.RUNNING, newPid, newKeeperPid, 0, "", false, since, finishedAt);
  }

  /** A start came to nothing; the container stays what it was. */
  public ContainerState failedToStart(int code, String why) {
    return new ContainerState(status, 0, 0, code, why, false, startedAt, finishedAt);
  }

  public ContainerState exited(int code, boolean outOfMemory, Instant at) {
    return new ContainerState(Status.EXITED, 0, 0, code, error, outOfMemory, startedAt, at);
  }

  public ContainerState removing() {
    return new ContainerState(
        Status.REMOVING, pid, keeperPid, exitCode, error, oomKilled, startedAt, finishedAt);
  }
}
