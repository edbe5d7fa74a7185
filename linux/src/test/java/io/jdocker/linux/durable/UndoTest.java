package io.jdocker.linux.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.SystemFailure;
import java.util.ArrayList;
import java.util.Arrays;
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

  @Test
  void everyFailureIsToldTheFirstOneFirst() {
    Undo undo = new Undo();
    undo.push("unmount a", () -> fail("busy"));
    undo.push("close b", () -> done.add("b"));
    undo.push("delete c", () -> fail("in use"));
    SystemFailure failure = assertThrows(SystemFailure.class, undo::close);
    assertEquals("cannot delete c: in use", failure.getMessage());
    assertEquals(
        List.of("cannot unmount a: busy"),
        Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage).toList());
    assertEquals(List.of("b"), done);
  }

  @Test
  void whatFailedInTheOperationIsWhatTheCallerSees() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (Undo undo = new Undo()) {
                undo.push("delete c", () -> fail("in use"));
                throw new IllegalStateException("no space");
              }
            });
    assertEquals("no space", e.getMessage());
    assertEquals("cannot delete c: in use", e.getSuppressed()[0].getMessage());
  }

  @Test
  void aStepIsUndoneOnce() {
    Undo undo = new Undo();
    undo.push("first", () -> done.add("first"));
    undo.close();
    undo.close();
    assertEquals(List.of("first"), done);
  }

  @Test
  void whatIsAcquiredAfterACommitIsUndoneAgain() {
    try (Undo undo = new Undo()) {
      undo.push("kept", () -> done.add("kept"));
      undo.commit();
      undo.push("later", () -> done.add("later"));
    }
    assertEquals(List.of("later"), done);
  }

  private static void fail(String why) {
    throw new IllegalStateException(why);
  }
}
