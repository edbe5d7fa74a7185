package io.jdocker.images.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/** How far a blob has come, for the threads that wait for it. Thread-safe. */
final class Arrival {
  /** Hears of it; called by the fetching thread, without a lock. */
  interface Listener {
    void received(long bytes);

    void retrying();

    void verified();
  }

  private final Listener listener;
  private long readable;
  private boolean complete;
  private boolean cancelled;
  private Optional<IOException> failure = Optional.empty();

  Arrival(Listener listener) {
    this.listener = listener;
  }

  /** Nobody waits for it any more. */
  static final class Cancelled extends IOException {
    private static final long serialVersionUID = 1L;

    Cancelled() {
      super("context canceled");
    }
  }

  /**
   * Some of it is in the file.
   *
   * @param hidden true when nobody may read it before the whole is verified
   */
  void received(long bytes, boolean hidden) {
    if (!hidden) {
      synchronized (this) {
        readable = bytes;
        notifyAll();
      }
    }
    listener.received(bytes);
  }

  void retrying() {
    listener.retrying();
  }

  void complete() {
    listener.verified();
    synchronized (this) {
      readable = Long.MAX_VALUE;
      complete = true;
      notifyAll();
    }
  }

  synchronized void fail(IOException reason) {
    failure = Optional.of(reason);
    notifyAll();
  }

  synchronized void cancel() {
    cancelled = true;
    notifyAll();
  }

  /** Waits before another attempt; shorter when it is cancelled. */
  synchronized void pause(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toMillis(); left > 0 && !cancelled; left = millisTo(end)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    check();
  }

  private static long millisTo(long end) {
    return (end - System.nanoTime()) / 1_000_000;
  }

  /** Ends the fetching thread when nobody waits for it. */
  synchronized void check() throws Cancelled {
    if (cancelled) {
      throw new Cancelled();
    }
  }

  /** Whether it has ended, well or not. */
  synchronized boolean isOver() {
    return complete || failure.isPresent();
  }

  synchronized boolean hasFailed() {
    return failure.isPresent();
  }

  /**
   * Waits until more than that many bytes can be read, or all.
   *
   * @return how many; {@link Long#MAX_VALUE} for all
   */
  synchronized long awaitMoreThan(long bytes) throws IOException, InterruptedException {
    while (readable <= bytes && failure.isEmpty()) {
      wait();
    }
    if (readable <= bytes) {
      throw new IOException(failure.orElseThrow().getMessage(), failure.get());
    }
    return readable;
  }

  /** Waits until all is there and has the digest. */
  synchronized void awaitComplete() throws IOException, InterruptedException {
    while (!complete && failure.isEmpty()) {
      wait();
    }
    if (!complete) {
      throw new IOException(failure.orElseThrow().getMessage(), failure.get());
    }
  }
}
