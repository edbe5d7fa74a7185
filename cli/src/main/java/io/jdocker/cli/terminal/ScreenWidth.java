package io.jdocker.cli.terminal;

import io.jdocker.linux.Kernel;

/** How many characters a line of the screen has. */
public final class ScreenWidth {
  /** Of a terminal that does not say, such as a serial line. */
  private static final int USUAL = 80;

  private ScreenWidth() {}

  /** Of the terminal behind a descriptor. */
  public static int of(int descriptor) {
    try (Terminal terminal = new Terminal(Kernel.load(), descriptor)) {
      return terminal.size().map(WindowSize::columns).filter(c -> c > 0).orElse(USUAL);
    }
  }
}
