package io.jdocker.linux;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor of this process, closed once. jdocker opens every descriptor with
 * O_CLOEXEC. Thread-safe.
 */
public final class Fd implements AutoCloseable {
  private static final int CLOSED = -1;

  private final Kernel kernel;
  private final AtomicInteger number;

  public Fd(Kernel kernel, int number) {
    this.kernel = kernel;
    this.number = new AtomicInteger(number);
  }

  /** The descriptor's number; an IllegalStateException once it is closed. */
  public int number() {
    int current = number.get();
    if (current == CLOSED) {
      throw new IllegalStateException("file descriptor is closed");
    }
    return current;
  }

  public boolean isOpen() {
    return number.get() != CLOSED;
  }

  /** The descriptor as a path: {@code /proc/self/fd/N}. */
  public String procPath() {
    return "/proc/self/fd/" + number();
  }

  /**
   * Closes it. As close(2) releases the descriptor whatever it answers, the answer is not looked
   * at.
   */
  @Override
  public void close() {
    int open = number.getAndSet(CLOSED);
    if (open != CLOSED) {
      kernel.attempt(Sys.CLOSE, open);
    }
  }

  @Override
  public String toString() {
    int current = number.get();
    return current == CLOSED ? "fd closed" : "fd " + current;
  }
}
