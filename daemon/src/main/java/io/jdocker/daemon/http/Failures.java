package io.jdocker.daemon.http;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.NotModified;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.failure.Unsupported;

/** A failure as a client sees it: an HTTP status and one line of text. */
public record Failures(int status, String message) {

  /** The failure's status by its kind; whatever is not an {@link EngineException} is 500. */
  public static Failures of(RuntimeException failure) {
    return new Failures(status(failure), message(failure));
  }

  private static int status(RuntimeException failure) {
    if (failure instanceof InvalidArgument) {
      return 400;
    } else if (failure instanceof NotFound) {
      return 404;
    } else if (failure instanceof Conflict) {
      return 409;
    } else if (failure instanceof Forbidden) {
      return 403;
    } else if (failure instanceof NotModified) {
      return 304;
    } else if (failure instanceof Unavailable) {
      return 503;
    } else if (failure instanceof Unsupported) {
      return 501;
    }
    return 500;
  }

  /** Says what kind of bug it is where the text alone would not: {@code null} helps nobody. */
  private static String message(RuntimeException failure) {
    String text = failure.getMessage();
    boolean known =
        failure instanceof EngineException
            || failure instanceof io.jdocker.linux.SyscallException
            || failure instanceof java.io.UncheckedIOException;
    if (known && text != null && !(failure instanceof SystemFailure && text.isEmpty())) {
      return text;
    }
    StackTraceElement[] stack = failure.getStackTrace();
    String where = stack.length == 0 ? "" : " at " + stack[0];
    return "internal error, please report it: " + failure + where;
  }
}
