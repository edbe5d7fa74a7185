package io.jdocker.cli.compose.output;

import io.jdocker.cli.Console;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Tells what happens to which thing, a line each, on standard error. Any thread may write.
 *
 * <p>Lines on a terminal too, where docker compose redraws a table: what happened stays readable.
 */
public final class Board {
  private final Console console;
  private final boolean isQuiet;

  public Board(Console console, boolean isQuiet) {
    this.console = console;
    this.isQuiet = isQuiet;
  }

  /** {@code Container p-web-1 Started}. */
  public void tell(String kind, String name, String status) {
    if (!isQuiet) {
      line(" " + kind + " " + name + "  " + status);
    }
  }

  public void container(String name, String status) {
    tell("Container", name, status);
  }

  /** Something the user should know, whatever is quiet. */
  public void warning(String text) {
    line("WARN[0000] " + text);
  }

  /** A line as it is. */
  public synchronized void line(String text) {
    try {
      console.error(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
