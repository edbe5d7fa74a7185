package io.jdocker.cli;

/** The help of the command itself. */
final class RootHelp {
  private RootHelp() {}

  static String text() {
    return "Usage:  jdocker [OPTIONS] COMMAND\n";
  }
}
