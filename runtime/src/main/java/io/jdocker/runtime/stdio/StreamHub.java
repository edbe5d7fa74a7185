package io.jdocker.runtime.stdio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where clients meet the streams of a container. It lives as long as the container: clients may
 * attach before a run, and then get it from its first byte; what they send waits for the start.
 * Each run is joined to it by a {@link ProcessStreams}. Thread-safe.
 */
public final class StreamHub {
  private final StdinMode stdinMode;
  private final boolean terminal;
  private final List<Attachment> attachments = new ArrayList<>();
  private StdinQueue stdin = new StdinQueue();
  private LogSink log = LogSink.none();
  private Runnable resumeReading = () -> {};
  private boolean connected;
  private boolean outputEnded;

  /**
   * Makes the hub of a container or an exec.
   *
   * @param terminal true where the process has a terminal, whose input no client can close
   */
  public StreamHub(StdinMode stdinMode, boolean terminal) {
    this.stdinMode = stdinMode;
    this.terminal = terminal;
  }

  /** Attaches a client to the present run, or to the next one. */
  public Attachment attach(StreamSelection selection) {
    return attach(selection, LogReplay.none());
  }

  /**
   * As {@link #attach(StreamSelection)}, after a replay of what the log holds: each byte comes
   * once, be it replayed or live. With no output stream selected nothing is replayed.
   *
   * @param logFile the container's log as {@link JsonFileLog} writes it; it need not exist
   */
  public Attachment attachWithLog(StreamSelection selection, Path logFile) {
    synchronized (this) {
      Optional<LogSnapshot> written =
          connected ? log.snapshot() : Optional.of(LogSnapshot.whole(logFile));
      return attach(selection, LogReplay.of(written, selection));
    }
  }

  private synchronized Attachment attach(StreamSelection selection, LogReplay replay) {
    Attachment attachment = new Attachment(this, selection, stdin, replay);
    if (connected && outputEnded) {
      attachment.end();
    } else {
      attachments.add(attachment);
    }
    return attachment;
  }

  /** No run will come of it (the start failed): waiting clients end, what they sent is dropped. */
  public synchronized void abandon() {
    if (!connected) {
      endClients();
    }
  }

  StdinMode stdinMode() {
    return stdinMode;
  }

  /** True where a client's end of file becomes the process'. */
  boolean closesWithClient() {
    return stdinMode == StdinMode.CLOSE_WITH_CLIENT && !terminal;
  }

  /**
   * Begins a run.
   *
   * @param resume asks the run to poll again the streams that are no longer {@link #isStalled}
   * @return what clients send to it
   */
  synchronized StdinQueue connect(LogSink runLog, Runnable resume) {
    if (connected) {
      throw new IllegalStateException("a process is connected to these streams already");
    }
    connected = true;
    outputEnded = false;
    log = runLog;
    resumeReading = resume;
    return stdin;
  }

  /**
   * Gives output to the log and to every client that wants it.
   *
   * @return true when a client has too much of it waiting: read no more until told to resume
   */
  synchronized boolean deliver(int stream, byte[] bytes, int length) {
    log.write(stream, bytes, 0, length);
    Optional<Chunk> copy = Optional.empty();
    boolean stalled = false;
    for (Attachment attachment : attachments) {
      if (attachment.selection().includes(stream)) {
        Chunk chunk = copy.orElseGet(() -> new Chunk(stream, Arrays.copyOf(bytes, length)));
        copy = Optional.of(chunk);
        attachment.offer(chunk);
        stalled |= attachment.isFull();
      }
    }
    return stalled;
  }

  /** Where the log is that output goes to; empty where there is none. */
  synchronized Optional<LogPosition> logPosition() {
    return log.position();
  }

  synchronized boolean isStalled(int stream) {
    return attachments.stream().anyMatch(a -> a.selection().includes(stream) && a.isFull());
  }

  /** The run's output is complete; its standard input may still be open. */
  synchronized void endOutput() {
    outputEnded = true;
    log.flush();
    attachments.forEach(Attachment::end);
    attachments.clear();
  }

  /** Ends the run; the hub is ready for the next. */
  synchronized void disconnect() {
    if (!connected) {
      return;
    }
    connected = false;
    log.close();
    log = LogSink.none();
    resumeReading = () -> {};
    endClients();
  }

  private void endClients() {
    attachments.forEach(Attachment::end);
    attachments.clear();
    stdin.close();
    stdin = new StdinQueue();
  }

  /** A client has left. */
  void remove(Attachment attachment) {
    synchronized (this) {
      attachments.remove(attachment);
    }
    resume();
  }

  /** A client has room again. */
  void resume() {
    Runnable toTell;
    synchronized (this) {
      toTell = resumeReading;
    }
    toTell.run();
  }
}
