package io.jdocker.runtime.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every timer does. */
abstract class TimerContract {
  private final Timer timer = open();
  private final List<String> done = new CopyOnWriteArrayList<>();

  abstract Timer open();

  /**
   * Returns when that time has gone by, and the tasks of it are done.
   *
   * @param open a timer that is not closed
   */
  abstract void letPass(Timer open, Duration time) throws Exception;

  private void letPass(Duration time) throws Exception {
    letPass(timer, time);
  }

  @AfterEach
  void close() {
    timer.close();
  }

  @Test
  void tasksRunInTheOrderOfTheirTimes() throws Exception {
    timer.after(Duration.ofMillis(400), () -> done.add("late"));
    timer.after(Duration.ofMillis(5), () -> done.add("early"));
    letPass(Duration.ofMillis(401));
    assertEquals(List.of("early", "late"), done);
  }

  @Test
  void aTimeThatHasGoneByIsAtOnce() throws Exception {
    timer.after(Duration.ZERO, () -> done.add("zero"));
    letPass(Duration.ofMillis(5));
    timer.after(Duration.ofSeconds(-9), () -> done.add("negative"));
    letPass(Duration.ofMillis(5));
    assertEquals(List.of("zero", "negative"), done);
  }

  @Test
  void aTaskThatWasTakenBackDoesNotRun() throws Exception {
    Timer.Wait wait = timer.after(Duration.ofMillis(300), () -> done.add("taken back"));
    timer.after(Duration.ofMillis(301), () -> done.add("kept"));
    wait.cancel();
    wait.cancel();
    letPass(Duration.ofMillis(302));
    assertEquals(List.of("kept"), done);
  }

  @Test
  void takingBackWhatHasRunHasNoEffect() throws Exception {
    Timer.Wait wait = timer.after(Duration.ZERO, () -> done.add("run"));
    letPass(Duration.ofMillis(5));
    wait.cancel();
    assertEquals(List.of("run"), done);
  }

  @Test
  void aTaskMayGiveFurtherTasks() throws Exception {
    timer.after(
        Duration.ofMillis(1), () -> timer.after(Duration.ofMillis(1), () -> done.add("second")));
    letPass(Duration.ofMillis(20));
    assertEquals(List.of("second"), done);
  }

  @Test
  void aClosedTimerRunsNothing() throws Exception {
    timer.after(Duration.ofMillis(200), () -> done.add("before"));
    timer.close();
    timer.after(Duration.ofMillis(5), () -> done.add("after")).cancel();
    try (Timer other = open()) {
      letPass(other, Duration.ofMillis(201));
    }
    assertEquals(List.of(), done);
  }
}
