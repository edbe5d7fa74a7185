package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A terminal: a pty of the container's own devpts, so that ttyname(3) finds it inside. */
final class TerminalChapter {
  private static final long CLONE_FILES = 0x400;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTPEER = 0x5441L;
  private static final long TIOCSWINSZ = 0x5414L;
  private static final long TIOCSCTTY = 0x540EL;

  private TerminalChapter() {}

  /**
   * Opens the master, which the keeper gets, and makes the slave standard input, output, error and
   * the controlling terminal.
   *
   * @return the step whose result is the master
   */
  static Step write(Calls calls, TerminalSize size, int uid) {
    // Only while both share one descriptor table does the keeper see the master we open.
    Step master =
        calls.call(
            "open a terminal",
            Sys.OPENAT,
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of("/dev/pts/ptmx"),
            Operand.named(
                OpenFlags.O_RDWR | OpenFlags.O_NOCTTY | OpenFlags.O_CLOEXEC, "O_RDWR|O_NOCTTY"));
    calls.call(
        "have descriptors of its own again",
        Sys.UNSHARE,
        Operand.named(CLONE_FILES, "CLONE_FILES"));
    ioctl(
        calls,
        "unlock it",
        master,
        TIOCSPTLCK,
        "TIOCSPTLCK",
        new Operand.Memory(new byte[4], "[0]"));
    // Not by its name: /dev/pts/N could be something else (CVE-2025-52565). Linux 4.13.
    Step slave =
        ioctl(
            calls,
            "open its other side",
            master,
            TIOCGPTPEER,
            "TIOCGPTPEER",
            Operand.named(OpenFlags.O_RDWR | OpenFlags.O_NOCTTY, "O_RDWR|O_NOCTTY"));
    ioctl(calls, "set its size", master, TIOCSWINSZ, "TIOCSWINSZ", size.operand());
    calls.call(
        "give it to the user", Sys.FCHOWN, Operand.of(slave), Operand.of(uid), Operand.of(-1));
    for (int fd = 0; fd <= 2; fd++) {
      calls.call(
          "standard input, output and error",
          Sys.DUP3,
          Operand.of(slave),
          Operand.of(fd),
          Operand.of(0));
    }
    calls.call(
        "signals come from this terminal",
        Sys.IOCTL,
        Operand.of(0),
        Operand.named(TIOCSCTTY, "TIOCSCTTY"),
        Operand.of(0));
    return master;
  }

  /** Binds the slave, by its descriptor, to /dev/console. */
  static void bindConsole(Calls calls) {
    calls.makeFile("/dev/console").withoutShell();
    Step tree =
        calls.call(
            "copy the terminal's mount",
            Sys.OPEN_TREE,
            Operand.of(0),
            Operand.of(""),
            Operand.named(
                FileCalls.AT_EMPTY_PATH | MountCalls.OPEN_TREE_CLONE | MountCalls.OPEN_TREE_CLOEXEC,
                "AT_EMPTY_PATH|OPEN_TREE_CLONE"));
    calls.call(
        "the terminal is the console, too",
        Sys.MOVE_MOUNT,
        Operand.of(tree),
        Operand.of(""),
        Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
        Operand.of("/dev/console"),
        Operand.named(MountCalls.MOVE_MOUNT_F_EMPTY_PATH, "MOVE_MOUNT_F_EMPTY_PATH"));
    calls.close(Operand.of(tree));
  }

  private static Step ioctl(
      Calls calls, String purpose, Step fd, long request, String name, Operand operand) {
    return calls.call(purpose, Sys.IOCTL, Operand.of(fd), Operand.named(request, name), operand);
  }

  /** Rows and columns, in characters; 0 by 0 is unknown. */
  record TerminalSize(int rows, int columns) {
    /** struct winsize of ioctl_tty(2). */
    Operand operand() {
      ByteBuffer winsize = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      winsize.putShort((short) rows).putShort((short) columns);
      return new Operand.Memory(winsize.array(), "{" + rows + " rows, " + columns + " columns}");
    }
  }
}
