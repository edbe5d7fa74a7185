package io.jdocker.cli.registry;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Console;
import io.jdocker.cli.terminal.HiddenInput;
import io.jdocker.cli.terminal.StandardStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks a person. */
final class Prompt {
  private final Console console;

  Prompt(Console console) {
    this.console = console;
  }

  /** A line as typed. */
  String line(String question) throws IOException {
    if (!StandardStream.isTerminal(0)) {
      throw new CommandFailure("Error: Cannot perform an interactive login from a non TTY device");
    }
    console.print(question);
    return read();
  }

  /** A line that is not shown. */
  String secret(String question) throws IOException {
    if (!StandardStream.isTerminal(0)) {
      throw new CommandFailure("Error: Cannot perform an interactive login from a non TTY device");
    }
    HiddenInput hidden = HiddenInput.begin();
    try {
      console.print(question);
      return read();
    } finally {
      hidden.close();
      console.print("\n");
    }
  }

  /** Byte by byte, as what follows the line is not ours. */
  private String read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = console.in().read(); b >= 0 && b != '\n'; b = console.in().read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
