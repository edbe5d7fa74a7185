package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stages that are built side by side are told one after the other. */
final class StageOutputsTest {
  private final List<String> told = new ArrayList<>();
  private final StageOutputs outputs = new StageOutputs(told::add, 3);

  @Test
  void theFirstOneTellsAtOnceTheOthersInTheirTurn() {
    outputs.of(1).text("b1");
    outputs.of(0).text("a1");
    outputs.of(2).text("c1");
    outputs.of(1).text("b2");
    assertEquals(List.of("a1"), told);
    outputs.done(0);
    assertEquals(List.of("a1", "b1b2"), told);
    outputs.of(1).text("b3");
    assertEquals(List.of("a1", "b1b2", "b3"), told);
    outputs.done(1);
    outputs.of(2).text("c2");
    assertEquals(List.of("a1", "b1b2", "b3", "c1", "c2"), told);
  }

  @Test
  void oneThatIsDoneBeforeItsTurnIsToldInIt() {
    outputs.of(2).text("c");
    outputs.done(2);
    outputs.of(1).text("b");
    outputs.done(1);
    assertEquals(List.of(), told);
    outputs.done(0);
    assertEquals(List.of("b", "c"), told);
  }

  @Test
  void atTheEndNothingIsKeptBack() {
    outputs.of(0).text("a");
    outputs.of(2).text("the fault");
    outputs.end();
    outputs.of(1).text("late");
    assertEquals(List.of("a", "the fault", "late"), told);
  }

  @Test
  void oneWhoHasTooMuchToSayWaitsForItsTurn() throws Exception {
    String much = "x".repeat((1 << 22) + 1);
    outputs.of(1).text(much);
    Thread talking = new Thread(() -> outputs.of(1).text("more"));
    talking.start();
    while (talking.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    outputs.done(0);
    talking.join();
    assertEquals(List.of(much, "more"), told);
  }
}
