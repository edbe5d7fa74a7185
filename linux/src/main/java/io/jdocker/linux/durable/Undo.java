package io.jdocker.linux.durable;

import io.jdocker.linux.failure.SystemFailure;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The undo stack of one operation: each acquisition pushes how to give it back. Unless {@link
 * #commit} was called, close runs them in reverse order and keeps going when one fails; what failed
 * is thrown at the end, naming each. One thread at a time.
 *
 * <pre>{@code
 * try (Undo undo = new Undo()) {
 *   Link veth = links.createVeth(...);
 *   undo.push("delete " + veth, () -> links.delete(veth));
 *   ...
 *   undo.commit();
 * }
 * }</pre>
 */
public final class Undo implements AutoCloseable {
  private record Step(String what, Runnable action) {}

  private final Deque<Step> steps = new ArrayDeque<>();

  /** Remembers how to give an acquisition back. */
  public void push(String what, Runnable action) {
    steps.push(new Step(what, action));
  }

  /** The operation has succeeded: nothing will be undone. */
  public void commit() {
    steps.clear();
  }

  @Override
  public void close() {
    SystemFailure failure = null;
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.action().run();
      } catch (RuntimeException e) {
        SystemFailure failed =
            new SystemFailure("cannot " + step.what() + ": " + e.getMessage(), e);
        if (failure == null) {
          failure = failed;
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
