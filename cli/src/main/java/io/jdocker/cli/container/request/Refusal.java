package io.jdocker.cli.container.request;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.option.WrongValueException;

/** A flag of run or create that cannot be understood: exit code 125, before any request. */
final class Refusal {
  private static final int EXIT_CODE = 125;

  private Refusal() {}

  static CommandFailure of(String message) {
    return new CommandFailure(message, EXIT_CODE);
  }

  /** A value that a flag cannot take: told with the usage. */
  static WrongValueException ofArgument(String value, String flag, String reason) {
    return new WrongValueException(flag, value, reason);
  }
}
