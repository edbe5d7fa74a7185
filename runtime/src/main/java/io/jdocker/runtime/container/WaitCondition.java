package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;

/** What a wait is for. */
public enum WaitCondition {
  /** It does not run: at once where that is so already. */
  NOT_RUNNING,
  /** The end of the run at hand or, where none is, of the next. */
  NEXT_EXIT,
  /** It is gone. */
  REMOVED;

  /** Reads the API's word; empty is {@link #NOT_RUNNING}. */
  public static WaitCondition parse(String text) {
    return switch (text) {
      case "", "not-running" -> NOT_RUNNING;
      case "next-exit" -> NEXT_EXIT;
      case "removed" -> REMOVED;
      default -> throw new InvalidArgument("invalid condition: \"" + text + "\"");
    };
  }
}
