package io.jdocker.images.registry;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes streams on which nothing has come for too long: the JDK's client has a time limit for the
 * head of an answer, none for its body, and a peer that was unplugged sends no end. Thread-safe.
 */
final class StallGuard {
  private final Duration limit;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;

  StallGuard(Duration limit) {
    this.limit = limit;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "jdocker-stall");
              thread.setDaemon(true);
              return thread;
            });
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** One stream under watch, until it is closed. */
  final class Watch implements Closeable {
    private final Repository.Part part;
    private final java.util.concurrent.ScheduledFuture<?> round;
    private volatile long last = System.nanoTime();

    private Watch(Repository.Part part) {
      this.part = part;
      long step = Math.max(1, limit.toMillis() / 2);
      this.round = timer.scheduleWithFixedDelay(this::look, step, step, TimeUnit.MILLISECONDS);
    }

    /** Something has come. */
    void alive() {
      last = System.nanoTime();
    }

    private void look() {
      if (System.nanoTime() - last > limit.toNanos()) {
        try {
          part.close();
        } catch (IOException e) {
          last = System.nanoTime(); // the next look closes it
        }
      }
    }

    @Override
    public void close() {
      round.cancel(false);
      watches.remove(this);
    }
  }

  /** Watches a stream from now on. */
  Watch watch(Repository.Part part) {
    Watch watch = new Watch(part);
    watches.add(watch);
    return watch;
  }

  /** Streams under watch, for tests that look for what was left. */
  int watched() {
    return watches.size();
  }

  void close() {
    timer.shutdownNow();
  }
}
