package io.jdocker.linux;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor of this process, closed once. jdocker opens every descriptor with
 * O_CLOEXEC. Thread-safe.
 */
public final class Fd implements AutoCloseable {
  /**
   * The lowest number that a descriptor of ours has. A launch closes those below in the keeper and
   * puts there what the keeper is to hold: one of the engine's that lay there would be lost to it.
   */
  public static final int LOWEST = 12;

  private static final int CLOSED = -1;
  private static final int F_DUPFD_CLOEXEC = 1030;

  private final Kernel kernel;
  private final AtomicInteger number;

  public Fd(Kernel kernel, int number) {
    this.kernel = kernel;
    this.number = new AtomicInteger(number);
  }

  /**
   * Takes over a descriptor that a call has just answered with. The kernel gives the lowest number
   * that is free, and among the low ones some are free for a moment whenever the JVM closes a file
   * of its own: from there it is moved away.
   *
   * @throws SyscallException when it cannot be moved; it is closed then
   */
  public static Fd opened(Kernel kernel, long number) {
    return opened(kernel, (int) number, LOWEST);
  }

  static Fd opened(Kernel kernel, int number, int lowest) {
    if (number >= lowest) {
      return new Fd(kernel, number);
    }
    try (Fd low = new Fd(kernel, number)) {
      return new Fd(
          kernel,
          (int)
              kernel.call(
                  () -> low + ", F_DUPFD_CLOEXEC, " + lowest,
                  Sys.FCNTL,
                  number,
                  F_DUPFD_CLOEXEC,
                  lowest));
    }
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
