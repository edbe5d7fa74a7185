package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.Unavailable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs is ended, what has ended is left alone, nothing begins afterwards. */
final class CancellationTest {
  private final Cancellation cancellation = new Cancellation();
  private final List<String> ended = new ArrayList<>();

  @Test
  void whatRunsIsEnded() {
    cancellation.onCancel(() -> ended.add("a"));
    cancellation.onCancel(() -> ended.add("b"));
    assertDoesNotThrow(cancellation::check);
    cancellation.cancel();
    assertEquals(List.of("b", "a"), ended, "the last to begin is the first to end");
  }

  @Test
  void whatHasEndedIsLeftAlone() {
    try (Cancellation.Scope scope = cancellation.onCancel(() -> ended.add("a"))) {
      assertEquals(List.of(), ended, scope.toString());
    }
    cancellation.cancel();
    assertEquals(List.of(), ended);
  }

  @Test
  void oneOfTwoMayEndBeforeTheOther() {
    Cancellation.Scope outer = cancellation.onCancel(() -> ended.add("outer"));
    cancellation.onCancel(() -> ended.add("inner"));
    outer.close();
    cancellation.cancel();
    assertEquals(List.of("inner"), ended);
  }

  @Test
  void nothingBeginsAfterwards() {
    cancellation.cancel();
    assertEquals(
        "the build was cancelled",
        assertThrows(Unavailable.class, cancellation::check).getMessage());
    assertThrows(Unavailable.class, () -> cancellation.onCancel(() -> ended.add("late")));
    cancellation.cancel();
    assertEquals(List.of(), ended);
  }

  @Test
  void anActionMayCloseItsOwnScope() {
    Cancellation.Scope[] scope = new Cancellation.Scope[1];
    scope[0] =
        cancellation.onCancel(
            () -> {
              scope[0].close();
              ended.add("a");
            });
    cancellation.cancel();
    assertEquals(List.of("a"), ended);
  }
}
