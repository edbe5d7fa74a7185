package io.jdocker.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The modes of a terminal: the kernel's struct termios (asm-generic/termbits.h, the same on x86-64
 * and aarch64). Immutable.
 */
public final class TerminalModes {
  /** Four flag words, the line discipline, 19 control characters. */
  static final int SIZE = 36;

  private static final int INPUT = 0;
  private static final int OUTPUT = 4;
  private static final int CONTROL = 8;
  private static final int LOCAL = 12;
  private static final int VTIME = 17 + 5;
  private static final int VMIN = 17 + 6;

  // IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON
  private static final int COOKED_INPUT = 0x001 | 0x002 | 0x008 | 0x020 | 0x040 | 0x080 | 0x500;
  private static final int OPOST = 0x1;
  private static final int CSIZE_PARENB = 0x030 | 0x100;
  private static final int CS8 = 0x030;
  // ISIG | ICANON | ECHO | ECHONL | IEXTEN
  private static final int COOKED_LOCAL = 0x1 | 0x2 | 0x8 | 0x40 | 0x8000;

  private final byte[] termios;

  TerminalModes(byte[] termios) {
    this.termios = termios.clone();
  }

  byte[] termios() {
    return termios.clone();
  }

  /**
   * These modes with every translation off, as cfmakeraw(3): each key arrives at once, unechoed,
   * and ctrl-c is a byte instead of a signal.
   */
  public TerminalModes raw() {
    ByteBuffer changed = ByteBuffer.wrap(termios.clone()).order(ByteOrder.LITTLE_ENDIAN);
    changed.putInt(INPUT, changed.getInt(INPUT) & ~COOKED_INPUT);
    changed.putInt(OUTPUT, changed.getInt(OUTPUT) & ~OPOST);
    changed.putInt(CONTROL, (changed.getInt(CONTROL) & ~CSIZE_PARENB) | CS8);
    changed.putInt(LOCAL, changed.getInt(LOCAL) & ~COOKED_LOCAL);
    changed.put(VTIME, (byte) 0);
    changed.put(VMIN, (byte) 1);
    return new TerminalModes(changed.array());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TerminalModes modes && Arrays.equals(termios, modes.termios);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(termios);
  }
}
