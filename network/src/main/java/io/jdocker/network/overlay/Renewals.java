package io.jdocker.network.overlay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Renews leases in time: at once, and again before each ends; soon again where that failed. One
 * thread of the network namespace in which it was first used. Thread-safe.
 */
final class Renewals implements AutoCloseable {
  private static final long RETRY_MILLIS = 1_000;

  /** A lease that is kept. */
  private final class Kept implements AutoCloseable {
    private final long periodMillis;
    private final BooleanSupplier renewal;
    private long due = System.nanoTime();

    Kept(long periodMillis, BooleanSupplier renewal) {
      this.periodMillis = periodMillis;
      this.renewal = renewal;
    }

    @Override
    public void close() {
      synchronized (Renewals.this) {
        kept.remove(this);
      }
    }
  }

  private final List<Kept> kept = new ArrayList<>();
  private Thread thread;
  private boolean closed;

  /**
   * Keeps a lease from now on.
   *
   * @param life how long it lasts
   * @param renewal true where it has succeeded
   * @return ends it
   */
  synchronized AutoCloseable begin(Duration life, BooleanSupplier renewal) {
    Duration period = life.minus(FlannelHost.margin(life));
    Kept added = new Kept(Math.max(1, period.toMillis()), renewal);
    kept.add(added);
    if (thread == null) {
      thread = new Thread(this::run, "cluster-renewals");
      thread.setDaemon(true);
      thread.start();
    }
    notifyAll();
    return added;
  }

  /** Renews everything at once. */
  synchronized void now() {
    kept.forEach(k -> k.due = System.nanoTime());
    notifyAll();
  }

  private void run() {
    for (Kept next = next(); next != null; next = next()) {
      if (!next.renewal.getAsBoolean()) {
        long millis = Math.min(RETRY_MILLIS, next.periodMillis);
        synchronized (this) {
          long retry = System.nanoTime() + 1_000_000 * millis;
          next.due = retry - next.due < 0 ? retry : next.due;
        }
      }
    }
  }

  /** Waits for the next one that is due; null at the end. */
  private synchronized Kept next() {
    while (!closed) {
      long now = System.nanoTime();
      long wait = Long.MAX_VALUE;
      for (Kept candidate : kept) {
        if (candidate.due - now <= 0) {
          // Not after it was renewed: who asks for it meanwhile must not be forgotten.
          candidate.due = now + 1_000_000 * candidate.periodMillis;
          return candidate;
        }
        wait = Math.min(wait, candidate.due - now);
      }
      try {
        if (wait == Long.MAX_VALUE) {
          wait();
        } else {
          wait(wait / 1_000_000 + 1);
        }
      } catch (InterruptedException e) {
        return null; // nobody interrupts it but the end of the process
      }
    }
    return null;
  }

  /** Ends one, which throws nothing. */
  static void end(AutoCloseable kept) {
    ((Kept) kept).close();
  }

  @Override
  public void close() {
    Thread ending;
    synchronized (this) {
      closed = true;
      ending = thread;
      notifyAll();
    }
    boolean interrupted = false;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true; // a renewal must not happen after the end
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
