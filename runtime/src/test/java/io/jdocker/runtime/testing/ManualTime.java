package io.jdocker.runtime.testing;

import io.jdocker.runtime.timer.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Time that goes on when a test says so: a clock, and timers that run their tasks on the thread of
 * {@link #advance}. Thread-safe.
 */
public final class ManualTime {
  private final List<Task> tasks = new ArrayList<>();
  private long given;
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private record Task(long number, Instant due, Runnable action, Timer timer) {}

  /** Shows this time. */
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** A further timer that goes by this time. */
  public Timer timer() {
    return new ManualTimer();
  }

  public synchronized Instant now() {
    return now;
  }

  /** How long the next task has to wait; empty where there is none. */
  public synchronized Optional<Duration> untilNext() {
    return tasks.stream()
        .map(Task::due)
        .min(Comparator.naturalOrder())
        .map(due -> Duration.between(now, due));
  }

  /** Lets time go by, and runs each task at its time, those that a task has added, too. */
  public void advance(Duration time) {
    Instant end = now().plus(time);
    for (Optional<Task> due = next(end); due.isPresent(); due = next(end)) {
      due.get().action().run();
    }
    moveTo(end);
  }

  private synchronized Optional<Task> next(Instant end) {
    Optional<Task> next =
        tasks.stream()
            .filter(task -> !task.due().isAfter(end))
            .min(Comparator.comparing(Task::due));
    next.ifPresent(
        task -> {
          tasks.remove(task);
          moveTo(task.due());
        });
    return next;
  }

  private synchronized void moveTo(Instant moment) {
    now = moment.isAfter(now) ? moment : now;
  }

  private final class ManualTimer implements Timer {
    private boolean closed;

    @Override
    public Wait after(Duration delay, Runnable action) {
      synchronized (ManualTime.this) {
        Task task = new Task(++given, now.plus(delay), action, this);
        if (!closed) {
          tasks.add(task);
        }
        return () -> {
          synchronized (ManualTime.this) {
            tasks.remove(task);
          }
        };
      }
    }

    @Override
    public void close() {
      synchronized (ManualTime.this) {
        closed = true;
        tasks.removeIf(task -> task.timer() == this);
      }
    }
  }
}
