package io.jdocker.linux;

/** The size of a terminal in character cells, as in struct winsize of ioctl_tty(2). */
public record WindowSize(int rows, int columns) {
  private static final int LARGEST = 0xffff;

  public WindowSize {
    if (rows < 0 || rows > LARGEST || columns < 0 || columns > LARGEST) {
      throw new IllegalArgumentException(
          "terminal size " + rows + " x " + columns + " is outside 0 to " + LARGEST);
    }
  }
}
