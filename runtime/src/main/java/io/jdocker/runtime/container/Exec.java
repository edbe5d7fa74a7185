package io.jdocker.runtime.container;

import io.jdocker.runtime.stdio.ProcessStreams;
import io.jdocker.runtime.stdio.StdinMode;
import io.jdocker.runtime.stdio.StreamHub;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** A further process in a container, from its creation until its container ends. Thread-safe. */
public final class Exec {
  private final String id;
  private final Container container;
  private final ExecSpec spec;
  private final String filePrefix;
  private final StreamHub hub;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private boolean claimed;
  private boolean hasEnded;
  private volatile int pid;
  private volatile ProcessStreams streams;

  /**
   * @param filePrefix what the name of its status file begins with
   */
  Exec(String id, Container container, ExecSpec spec, String filePrefix) {
    this.filePrefix = filePrefix;
    this.id = id;
    this.container = container;
    this.spec = spec;
    this.hub =
        new StreamHub(
            spec.attachStdin() ? StdinMode.CLOSE_WITH_CLIENT : StdinMode.NONE, spec.terminal());
  }

  /** 64 hexadecimal digits. */
  public String id() {
    return id;
  }

  /** True where the engine runs it, and forgets it with its result. */
  boolean isProbe() {
    return filePrefix.equals(ContainerLayout.PROBE_PREFIX);
  }

  String fileName() {
    return filePrefix + id;
  }

  public Container container() {
    return container;
  }

  public ExecSpec spec() {
    return spec;
  }

  /** To be attached to before the start, so that no output is missed. */
  public StreamHub hub() {
    return hub;
  }

  /** As the host sees it; 0 before the start. */
  public int pid() {
    return pid;
  }

  public boolean isRunning() {
    return pid != 0 && !exit.isDone();
  }

  /** Empty while it has not ended. */
  public Optional<Integer> exitCode() {
    return Optional.ofNullable(exit.getNow(null));
  }

  /** Completed with the exit code. */
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  /** True for the first caller: an exec starts once. */
  synchronized boolean claim() {
    boolean first = !claimed;
    claimed = true;
    return first;
  }

  void started(int newPid, ProcessStreams newStreams) {
    streams = newStreams;
    pid = newPid;
  }

  /** From here on its pid may be somebody else's. */
  synchronized void ended() {
    hasEnded = true;
  }

  /** Does something to its process, unless that has ended. */
  synchronized void whileRunning(IntConsumer action) {
    if (pid != 0 && !hasEnded) {
      action.accept(pid);
    }
  }

  Optional<ProcessStreams> streams() {
    return Optional.ofNullable(streams);
  }
}
