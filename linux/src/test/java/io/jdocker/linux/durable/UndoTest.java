package io.jdocker.linux.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.SystemFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UndoTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void undoesInReverseOrder() {
    try (Undo undo = new Undo()) {
      undo.push("first", () -> done.add("first"));
      undo.push("second", () -> done.add("second"));
    }
    assertEquals(List.of("second", "first"), done);
  }

  @Test
  void aCommittedOperationUndoesNothing() {
    try (Undo undo = new Undo()) {
      undo.push("first", () -> done.add("first"));
      undo.commit();
    }
    assertEquals(List.of(), done);
  }

  @Test
  void aFailingStepDoesNotStopTheOthers() {
    Undo undo = new Undo();
    undo.push("first", () -> done.add("first"));
    undo.push(
        "delete veth1",
        () -> {
          throw new IllegalStateException("busy");
        });
    SystemFailure failure = assertThrows(SystemFailure.class, undo::close);
    assertEquals("cannot delete veth1: busy", failure.getMessage());
    assertEquals(List.of("first"), done);
  }
}
