package io.jdocker.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a standard stream of this process is, told without a system call of our own. */
public final class StandardStream {
  private StandardStream() {}

  /** True when the descriptor is a terminal: its link in /proc/self/fd names one, see proc(5). */
  public static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false; // closed, or no /proc: then nothing is known of a terminal
    }
  }
}
