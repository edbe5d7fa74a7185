package io.jdocker.runtime.stdio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One client's view of a process' streams, for one run at most. Thread-safe; meant for one thread
 * that {@link #take}s and one that {@link #writeStdin writes}. Whoever got it closes it.
 */
public final class Attachment implements AutoCloseable {
  /** The process is no longer read once that many bytes wait for a client. */
  static final int LIMIT = 1024 * 1024;

  private final StreamHub hub;
  private final StreamSelection selection;
  private final StdinQueue stdin;
  private final LogReplay replay;
  private final Deque<Chunk> queue = new ArrayDeque<>();
  private long queued;
  private boolean full;
  private boolean ended;
  private boolean closed;

  Attachment(StreamHub hub, StreamSelection selection, StdinQueue stdin, LogReplay replay) {
    this.hub = hub;
    this.selection = selection;
    this.stdin = stdin;
    this.replay = replay;
  }

  /**
   * The next output, waited for; empty at the end: the process has closed its streams, or this
   * attachment was closed.
   */
  public Optional<Chunk> take() throws InterruptedException {
    Optional<Chunk> replayed = replay.next();
    if (replayed.isPresent()) {
      return replayed;
    }
    Chunk chunk;
    boolean drained = false;
    synchronized (this) {
      while (queue.isEmpty() && !ended && !closed) {
        wait();
      }
      chunk = queue.poll();
      if (chunk != null) {
        queued -= chunk.bytes().length;
        drained = full && queued <= LIMIT / 2;
        full = full && !drained;
      }
    }
    if (drained) {
      hub.resume();
    }
    return Optional.ofNullable(chunk);
  }

  /** True while {@link #take} would not wait: a writer need not flush yet. */
  public synchronized boolean isReady() {
    return !queue.isEmpty();
  }

  /**
   * Sends bytes to the process, waiting while it does not read (or has not started). Only a client
   * that selected stdin may.
   *
   * @return false when nobody reads them: the process ended or closed its standard input, the end
   *     of file was sent, or the container has none
   */
  public boolean writeStdin(byte[] bytes, int offset, int length) throws InterruptedException {
    if (!selection.stdin()) {
      throw new IllegalStateException("this client did not attach to standard input");
    }
    return hub.stdinMode() != StdinMode.NONE && stdin.put(bytes, offset, length);
  }

  /**
   * The client has no more to send (a half-close). Its output goes on where the process thereby
   * reads the end of file; where its standard input stays open ({@link StdinMode#KEEP_OPEN}, or a
   * terminal), the attachment ends once the client has taken what was queued, as Docker's does.
   */
  public void closeStdin() {
    if (!selection.stdin() || hub.stdinMode() == StdinMode.NONE) {
      return;
    }
    if (hub.closesWithClient()) {
      stdin.end();
    } else {
      hub.remove(this);
      end();
    }
  }

  /**
   * The client is gone: what is queued for it is dropped, and threads in {@link #take} return. With
   * {@link StdinMode#CLOSE_WITH_CLIENT} the process reads the end of file.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      full = false;
      queue.clear();
      queued = 0;
      notifyAll();
    }
    replay.close();
    hub.remove(this);
    if (selection.stdin() && hub.closesWithClient()) {
      stdin.end();
    }
  }

  StreamSelection selection() {
    return selection;
  }

  /** Queues a chunk, even a little beyond the limit: the caller asks {@link #isFull} afterwards. */
  synchronized void offer(Chunk chunk) {
    if (closed || ended) {
      return;
    }
    queue.add(chunk);
    queued += chunk.bytes().length;
    full |= queued >= LIMIT;
    notifyAll();
  }

  synchronized boolean isFull() {
    return full;
  }

  /** No more output comes. */
  synchronized void end() {
    ended = true;
    full = false;
    notifyAll();
  }
}
