package io.jdocker.cli.compose;

/** Whether what is printed has colours. */
final class Colours {
  private Colours() {}

  /** {@code --ansi}: never, always, or on a terminal only. */
  static boolean wanted(String ansi, boolean isTerminal) {
    return switch (ansi) {
      case "never" -> false;
      case "always" -> true;
      case "", "auto" -> isTerminal;
      default -> throw new io.jdocker.cli.CommandFailure("invalid value for --ansi: " + ansi);
    };
  }
}
