package io.jdocker.cli.terminal;

import io.jdocker.linux.Kernel;

/** The keyboard without echo, for a password, until it is closed. */
public final class HiddenInput implements AutoCloseable {
  private final Terminal keyboard;

  private HiddenInput(Terminal keyboard) {
    this.keyboard = keyboard;
  }

  /** Stops the echo of standard input. */
  public static HiddenInput begin() {
    Terminal keyboard = new Terminal(Kernel.load(), 0);
    keyboard.hide();
    return new HiddenInput(keyboard);
  }

  @Override
  public void close() {
    keyboard.close();
  }
}
