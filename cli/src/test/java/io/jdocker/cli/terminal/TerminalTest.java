package io.jdocker.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real pseudo-terminal, pty(7); needs no privilege. */
class TerminalTest {
  private static final int O_RDWR_NOCTTY = 02 | 0400;
  private static final long TIOCSPTLCK = 0x40045431;
  private static final long TIOCGPTN = 0x80045430;
  private static final long TIOCSWINSZ = 0x5414;

  private final Kernel kernel = Kernel.load();
  private Fd master;
  private Fd slave;

  @BeforeEach
  void open() {
    master = kernel.files().open("/dev/ptmx", O_RDWR_NOCTTY, 0);
    try (NativeArena arena = new NativeArena()) {
      long number = arena.allocate(8);
      NativeArena.putInt(number, 0);
      kernel.call(() -> "TIOCSPTLCK", Sys.IOCTL, master.number(), TIOCSPTLCK, number);
      kernel.call(() -> "TIOCGPTN", Sys.IOCTL, master.number(), TIOCGPTN, number);
      slave = kernel.files().open("/dev/pts/" + NativeArena.getInt(number), O_RDWR_NOCTTY, 0);
    }
  }

  @AfterEach
  void close() {
    slave.close();
    master.close();
  }

  private void type(String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    kernel.files().writeFully(master, bytes, 0, bytes.length);
  }

  /** What the program at the terminal reads in one go. */
  private String read() {
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(64);
      long count = kernel.files().read(slave.number(), buffer, 64);
      return new String(
          NativeArena.getBytes(buffer, (int) count), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void rawModePassesEveryKeyAtOnce() {
    try (Terminal terminal = new Terminal(kernel, slave.number())) {
      terminal.raw();
      type("a");
      assertEquals("a", read(), "without waiting for a line");
      type("\u0003\r");
      assertEquals("\u0003\r", read(), "neither a signal nor a translation");
    }
  }

  @Test
  void closingGivesTheTerminalBack() {
    Terminal terminal = new Terminal(kernel, slave.number());
    terminal.raw();
    terminal.close();
    type("line\r");
    assertEquals("line\n", read(), "cooked again: a line, the return translated");
    terminal.close();
  }

  @Test
  void tellsTheSize() {
    try (NativeArena arena = new NativeArena()) {
      long size = arena.allocate(8);
      NativeArena.putShort(size, (short) 24);
      NativeArena.putShort(size + 2, (short) 132);
      kernel.call(() -> "TIOCSWINSZ", Sys.IOCTL, master.number(), TIOCSWINSZ, size);
    }
    assertEquals(Optional.of(new WindowSize(24, 132)), new Terminal(kernel, slave.number()).size());
  }

  @Test
  void aFileIsNoTerminal() {
    try (Fd file = kernel.files().open("/dev/null", 0, 0)) {
      assertEquals(Optional.empty(), new Terminal(kernel, file.number()).size());
      assertFalse(StandardStream.isTerminal(file.number()));
      assertTrue(StandardStream.isTerminal(slave.number()));
      assertFalse(StandardStream.isTerminal(9999));
    }
  }
}
