package io.jdocker.cli.prune;

import io.jdocker.cli.Console;
import java.io.IOException;

/** The question before something is removed for good. */
public final class Confirmation {
  private Confirmation() {}

  /** Asks on standard output; anything but y is a no. */
  public static boolean ask(Console console, String warning) throws IOException {
    console.print("WARNING! " + warning + "\nAre you sure you want to continue? [y/N] ");
    StringBuilder answer = new StringBuilder();
    for (int next = console.in().read(); next >= 0 && next != '\n'; next = console.in().read()) {
      answer.append((char) next);
    }
    return answer.toString().strip().equalsIgnoreCase("y");
  }
}
