package io.jdocker.engine;

import io.jdocker.linux.failure.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until all conditions have held once, or it is plain that they will not. */
final class ReadinessWait {
  private static final int SHOWN_LINES = 20;
  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  private final Container container;
  private final Readiness readiness;

  ReadinessWait(Container container, Readiness readiness) {
    this.container = container;
    this.readiness = readiness;
  }

  void run() {
    List<ReadinessCondition.Check> checks = new ArrayList<>();
    try {
      readiness.conditions().forEach(condition -> checks.add(condition.on(container)));
      await(new ArrayList<>(checks));
    } finally {
      checks.forEach(ReadinessCondition.Check::close);
    }
  }

  private void await(List<ReadinessCondition.Check> open) {
    long end = System.nanoTime() + readiness.limit().toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      // Asked before the conditions are: what held up to the end is then seen.
      boolean runs = runs(container.inspect().status());
      open.removeIf(check -> runs ? check.holds() : check.holdsAtEnd());
      if (open.isEmpty()) {
        return;
      }
      if (!runs) {
        throw failure(open, "it has ended with exit code " + container.inspect().exitCode());
      }
      if (System.nanoTime() - end > 0) {
        throw failure(open, "waited for " + readiness.limit().toMillis() + " ms");
      }
      sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private static boolean runs(ContainerDetails.Status status) {
    return switch (status) {
      case RUNNING, PAUSED, RESTARTING -> true;
      case CREATED, REMOVING, EXITED, DEAD -> false;
    };
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw Waiting.interrupted("waiting until container " + container.id() + " is ready", e);
    }
  }

  private Unavailable failure(List<ReadinessCondition.Check> open, String why) {
    ContainerDetails details = container.inspect();
    String missing =
        open.stream().map(ReadinessCondition.Check::missing).collect(Collectors.joining("; "));
    String lines = container.lastLines(SHOWN_LINES);
    return new Unavailable(
        "container "
            + details.name()
            + " ("
            + details.image()
            + ") is not ready: "
            + missing
            + " ("
            + why
            + "). "
            + (lines.isEmpty() ? "It has written nothing." : "The last it wrote:\n" + lines));
  }
}
