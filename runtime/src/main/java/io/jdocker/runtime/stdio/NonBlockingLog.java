package io.jdocker.runtime.stdio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Docker's {@code mode=non-blocking}: output waits in memory for a log that is slow, and what does
 * not fit there is lost, so that the container never waits. One worker at a time writes. What waits
 * in memory is lost with an engine that is killed. Thread-safe.
 */
public final class NonBlockingLog implements LogSink {
  private final LogSink log;
  private final long capacity;
  private final Executor worker;
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private long size;
  private boolean writing;
  private boolean flushing;
  private long dropped;

  /**
   * Puts memory in front of a log.
   *
   * @param capacity in bytes
   * @param worker may block
   */
  public NonBlockingLog(LogSink log, long capacity, Executor worker) {
    this.log = log;
    this.capacity = capacity;
    this.worker = worker;
  }

  @Override
  public synchronized void write(int stream, byte[] bytes, int offset, int length) {
    // As in Docker, one piece is taken whatever its size: else a large one could never pass.
    if (size + length > capacity && size > 0) {
      dropped += length;
      return;
    }
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    waiting.addLast(new Chunk(stream, copy));
    size += length;
    begin();
  }

  private void begin() {
    if (!writing) {
      writing = true;
      worker.execute(this::writeAll);
    }
  }

  /** How many bytes were lost. */
  public synchronized long dropped() {
    return dropped;
  }

  private void writeAll() {
    do {
      for (Optional<Chunk> next = next(); next.isPresent(); next = next()) {
        byte[] bytes = next.get().bytes();
        log.write(next.get().stream(), bytes, 0, bytes.length);
        written(bytes.length);
      }
      if (takeFlush()) {
        log.flush();
      }
    } while (!isDone());
  }

  private synchronized Optional<Chunk> next() {
    return Optional.ofNullable(waiting.pollFirst());
  }

  private synchronized boolean takeFlush() {
    boolean wanted = flushing;
    flushing = false;
    return wanted;
  }

  private synchronized boolean isDone() {
    if (flushing || !waiting.isEmpty()) {
      return false;
    }
    writing = false;
    notifyAll();
    return true;
  }

  private synchronized void written(int length) {
    size -= length;
  }

  /** The end of a run waits: nothing more of what fitted is lost. */
  private synchronized void await() {
    boolean interrupted = false;
    while (writing) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Done by the worker: the end of some output must not hold up that of others. */
  @Override
  public synchronized void flush() {
    flushing = true;
    begin();
  }

  @Override
  public Optional<LogSnapshot> snapshot() {
    await();
    return log.snapshot();
  }

  @Override
  public Optional<LogPosition> position() {
    return Optional.empty();
  }

  @Override
  public void close() {
    await();
    log.close();
  }
}
