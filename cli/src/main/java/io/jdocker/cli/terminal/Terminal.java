package io.jdocker.cli.terminal;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import java.util.Optional;

/**
 * The terminal behind a descriptor. Raw mode passes every key to the container; {@link #close}
 * gives the terminal back as it was.
 */
public final class Terminal implements AutoCloseable {
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;
  private static final long TIOCGWINSZ = 0x5413;

  /** sizeof(struct termios) of the kernel: four flag words, the line discipline, 19 characters. */
  private static final int TERMIOS_SIZE = 36;

  private static final int INPUT_FLAGS = 0;
  private static final int OUTPUT_FLAGS = 4;
  private static final int CONTROL_FLAGS = 8;
  private static final int LOCAL_FLAGS = 12;
  private static final int CHARACTERS = 17;
  private static final int VTIME = 5;
  private static final int VMIN = 6;

  /** IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON. */
  private static final int COOKED_INPUT = 01 | 02 | 010 | 040 | 0100 | 0200 | 0400 | 02000;

  private static final int OPOST = 01;

  /** ISIG ICANON ECHO ECHONL IEXTEN. */
  private static final int COOKED_LOCAL = 01 | 02 | 010 | 0100 | 0100000;

  private static final int ECHO = 010;

  private static final int CSIZE_AND_PARENB = 060 | 0400;
  private static final int CS8 = 060;

  private final Kernel kernel;
  private final int descriptor;
  private Optional<byte[]> saved = Optional.empty();

  public Terminal(Kernel kernel, int descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
  }

  /** The size; empty when the descriptor is no terminal. */
  public Optional<WindowSize> size() {
    try (NativeArena arena = new NativeArena()) {
      long window = arena.allocate(8);
      if (kernel.attempt(Sys.IOCTL, descriptor, TIOCGWINSZ, window) < 0) {
        return Optional.empty();
      }
      int rows = NativeArena.getShort(window) & 0xffff;
      int columns = NativeArena.getShort(window + 2) & 0xffff;
      return Optional.of(new WindowSize(rows, columns));
    }
  }

  /** Switches to raw mode, as cfmakeraw(3). */
  public void raw() {
    try (NativeArena arena = new NativeArena()) {
      long termios = arena.allocate(TERMIOS_SIZE);
      kernel.call(() -> descriptor + ", TCGETS", Sys.IOCTL, descriptor, TCGETS, termios);
      saved = Optional.of(NativeArena.getBytes(termios, TERMIOS_SIZE));
      clear(termios + INPUT_FLAGS, COOKED_INPUT);
      clear(termios + OUTPUT_FLAGS, OPOST);
      clear(termios + LOCAL_FLAGS, COOKED_LOCAL);
      clear(termios + CONTROL_FLAGS, CSIZE_AND_PARENB);
      NativeArena.putInt(
          termios + CONTROL_FLAGS, NativeArena.getInt(termios + CONTROL_FLAGS) | CS8);
      NativeArena.putBytes(termios + CHARACTERS + VTIME, new byte[] {0}, 0, 1);
      NativeArena.putBytes(termios + CHARACTERS + VMIN, new byte[] {1}, 0, 1);
      kernel.call(() -> descriptor + ", TCSETS", Sys.IOCTL, descriptor, TCSETS, termios);
    }
  }

  /** Shows no more what is typed, but the end of the line. */
  public void hide() {
    try (NativeArena arena = new NativeArena()) {
      long termios = arena.allocate(TERMIOS_SIZE);
      kernel.call(() -> descriptor + ", TCGETS", Sys.IOCTL, descriptor, TCGETS, termios);
      saved = Optional.of(NativeArena.getBytes(termios, TERMIOS_SIZE));
      clear(termios + LOCAL_FLAGS, ECHO);
      kernel.call(() -> descriptor + ", TCSETS", Sys.IOCTL, descriptor, TCSETS, termios);
    }
  }

  private static void clear(long address, int bits) {
    NativeArena.putInt(address, NativeArena.getInt(address) & ~bits);
  }

  @Override
  public void close() {
    if (saved.isEmpty()) {
      return;
    }
    try (NativeArena arena = new NativeArena()) {
      long termios = arena.bytes(saved.get());
      // A terminal that has gone away (its window was closed) needs nothing back.
      kernel.attempt(Sys.IOCTL, descriptor, TCSETS, termios);
      saved = Optional.empty();
    }
  }
}
