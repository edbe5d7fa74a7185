package io.jdocker.cli.container.request;

import io.jdocker.cli.CommandFailure;

/** A flag of run or create that cannot be understood: exit code 125, before any request. */
final class Refusal {
  private static final int EXIT_CODE = 125;

  private Refusal() {}

  static CommandFailure of(String message) {
    return new CommandFailure(message, EXIT_CODE);
  }

  /** A value that a flag cannot take. */
  static CommandFailure ofArgument(String value, String flag, String reason) {
    return of("invalid argument \"" + value + "\" for \"" + flag + "\" flag: " + reason);
  }
}
