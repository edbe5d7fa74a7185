package io.jdocker.runtime.stdio;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Bytes on their way from clients to one run's standard input. It exists before the process does:
 * {@code echo hello | docker run -i} sends its bytes and the end of file before the start.
 *
 * <p>Thread-safe. Clients block while it is full; the loop takes without blocking.
 */
final class StdinQueue {
  /** A client waits once that many bytes are queued. */
  static final int LIMIT = 256 * 1024;

  private final Deque<byte[]> queue = new ArrayDeque<>();
  private long queued;
  private boolean ended;
  private boolean closed;
  private Runnable listener = () -> {};

  /**
   * Queues a copy of the bytes, after waiting for room.
   *
   * @return false when nobody reads them: the end of file was queued, or the process is gone
   */
  boolean put(byte[] bytes, int offset, int length) throws InterruptedException {
    Runnable toTell;
    synchronized (this) {
      while (queued >= LIMIT && !ended && !closed) {
        wait();
      }
      if (ended || closed) {
        return false;
      }
      if (length == 0) {
        return true;
      }
      queue.add(Arrays.copyOfRange(bytes, offset, offset + length));
      queued += length;
      toTell = listener;
    }
    toTell.run();
    return true;
  }

  /** Queues the end of file. */
  void end() {
    Runnable toTell;
    synchronized (this) {
      ended = true;
      notifyAll();
      toTell = listener;
    }
    toTell.run();
  }

  /** The process reads no more: drops what is queued and releases the clients that wait. */
  synchronized void close() {
    closed = true;
    queue.clear();
    queued = 0;
    listener = () -> {};
    notifyAll();
  }

  /** Has the listener told of everything queued from now on. */
  synchronized void listen(Runnable newListener) {
    listener = newListener;
  }

  /** The oldest bytes, which stay queued until they are {@link #consumed}. */
  synchronized Optional<byte[]> head() {
    return Optional.ofNullable(queue.peek());
  }

  /** Takes the head out. */
  synchronized void consumed() {
    byte[] head = queue.poll();
    if (head != null) {
      queued -= head.length;
      notifyAll();
    }
  }

  /** True when the end of file is next. */
  synchronized boolean atEnd() {
    return ended && queue.isEmpty();
  }
}
