package io.jdocker.linux;

import static io.jdocker.linux.OpenFlags.O_CLOEXEC;
import static io.jdocker.linux.OpenFlags.O_NOCTTY;

import java.util.Optional;
import jnr.constants.platform.Errno;

/** Calls on terminals and pseudo-terminals: ioctl_tty(2), pty(7). */
public final class TerminalCalls {
  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int TIOCSWINSZ = 0x5414;
  private static final int TIOCGPTN = 0x80045430;
  private static final int TIOCSPTLCK = 0x40045431;
  private static final int TIOCGPTPEER = 0x5441;

  private final Kernel kernel;

  TerminalCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The size; empty where the descriptor is no terminal (ENOTTY). */
  public Optional<WindowSize> size(Fd terminal) {
    try (NativeArena arena = new NativeArena()) {
      long winsize = arena.allocate(8);
      long result = kernel.attempt(Sys.IOCTL, terminal.number(), TIOCGWINSZ, winsize);
      if (Kernel.failedWith(result, Errno.ENOTTY)) {
        return Optional.empty();
      }
      refuse(result, terminal, "TIOCGWINSZ");
      return Optional.of(
          new WindowSize(
              NativeArena.getShort(winsize) & 0xffff, NativeArena.getShort(winsize + 2) & 0xffff));
    }
  }

  /** Sets the size. The kernel sends SIGWINCH to the foreground group when it changes. */
  public void resize(Fd terminal, WindowSize size) {
    try (NativeArena arena = new NativeArena()) {
      long winsize = arena.allocate(8);
      NativeArena.putShort(winsize, (short) size.rows());
      NativeArena.putShort(winsize + 2, (short) size.columns());
      control(terminal, TIOCSWINSZ, winsize, "TIOCSWINSZ");
    }
  }

  /** The modes; empty where the descriptor is no terminal (ENOTTY). */
  public Optional<TerminalModes> modes(Fd terminal) {
    try (NativeArena arena = new NativeArena()) {
      long termios = arena.allocate(TerminalModes.SIZE);
      long result = kernel.attempt(Sys.IOCTL, terminal.number(), TCGETS, termios);
      if (Kernel.failedWith(result, Errno.ENOTTY)) {
        return Optional.empty();
      }
      refuse(result, terminal, "TCGETS");
      return Optional.of(new TerminalModes(NativeArena.getBytes(termios, TerminalModes.SIZE)));
    }
  }

  public void setModes(Fd terminal, TerminalModes modes) {
    try (NativeArena arena = new NativeArena()) {
      control(terminal, TCSETS, arena.bytes(modes.termios()), "TCSETS");
    }
  }

  /** The N of a pty master's peer, {@code N} in its devpts file system. */
  public int peerNumber(Fd master) {
    try (NativeArena arena = new NativeArena()) {
      long number = arena.allocate(4);
      control(master, TIOCGPTN, number, "TIOCGPTN");
      return NativeArena.getInt(number);
    }
  }

  /**
   * Unlocks a pty master's peer and opens it, whatever mount namespace the devpts is mounted in
   * (TIOCGPTPEER, Linux 4.13).
   */
  public Fd openPeer(Fd master) {
    try (NativeArena arena = new NativeArena()) {
      control(master, TIOCSPTLCK, arena.allocate(4), "TIOCSPTLCK");
      long flags = OpenFlags.O_RDWR | O_NOCTTY | O_CLOEXEC;
      return Fd.opened(kernel, control(master, TIOCGPTPEER, flags, "TIOCGPTPEER"));
    }
  }

  private long control(Fd terminal, int request, long operand, String name) {
    return kernel.call(
        () -> terminal + ", " + name,
        Sys.IOCTL,
        terminal.number(),
        Integer.toUnsignedLong(request),
        operand);
  }

  private static void refuse(long result, Fd terminal, String name) {
    if (result < 0) {
      throw new SyscallException("ioctl(" + terminal + ", " + name + ")", (int) -result);
    }
  }
}
