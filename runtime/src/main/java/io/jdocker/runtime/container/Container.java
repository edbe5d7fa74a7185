package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.runtime.explain.Recording;
import io.jdocker.runtime.stdio.EventLoop;
import io.jdocker.runtime.stdio.StreamHub;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A container in memory: its record, its streams, what is held while it runs, and who waits for it.
 *
 * <p>Whoever changes it holds {@link #lock()}; reading needs no lock. The verbs are classes of
 * their own.
 */
public final class Container {
  private final ReentrantLock lock = new ReentrantLock();
  private final StreamHub hub;
  private final Recording recording;
  private final CompletableFuture<Integer> removal = new CompletableFuture<>();
  private volatile CompletableFuture<Integer> nextExit = new CompletableFuture<>();
  private volatile ContainerRecord record;
  private volatile Run run;
  private volatile boolean kept;

  Container(ContainerRecord record, StreamHub hub, Recording recording) {
    this.record = record;
    this.hub = hub;
    this.recording = recording;
  }

  public ContainerId id() {
    return record.id();
  }

  /** What is kept of it, as of now. */
  public ContainerRecord record() {
    return record;
  }

  public ContainerState state() {
    return record.state();
  }

  ReentrantLock lock() {
    return lock;
  }

  void replace(ContainerRecord other) {
    record = other;
  }

  StreamHub hub() {
    return hub;
  }

  /** Empty while it does not run. */
  Optional<Run> run() {
    return Optional.ofNullable(run);
  }

  void started(Run started) {
    run = started;
  }

  /** It stays after its present run, whatever --rm says: somebody restarts it. */
  void keep(boolean staysAfterRun) {
    kept = staysAfterRun;
  }

  /** Whether it goes with its present run, as --rm says. */
  boolean goesWithRun() {
    return record.spec().lifecycle().autoRemove() && !kept;
  }

  /** What its last start and end did to the kernel. */
  Recording recording() {
    return recording;
  }

  /** Completed with the exit code when the run at hand, or else the next one, ends. */
  CompletableFuture<Integer> nextExit() {
    return nextExit;
  }

  /** Completed with the last exit code once the container is gone. */
  CompletableFuture<Integer> removal() {
    return removal;
  }

  /** The run has ended and all that it held was given back. */
  void ended(int exitCode) {
    run = null;
    recording.live().end();
    CompletableFuture<Integer> waiters = nextExit;
    nextExit = new CompletableFuture<>();
    waiters.complete(exitCode);
  }

  /** This engine follows the run no more; the process goes on. */
  void letGo(EventLoop loop) {
    lock.lock();
    try {
      Run last = run;
      if (last != null) {
        loop.unwatch(last.notice());
        last.streams().close();
        last.keeper().close();
        last.notice().close();
        last.payload().ifPresent(Fd::close);
        run = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
