package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.launch.KeeperImage;
import io.jdocker.runtime.stdio.StdioEnds;
import java.nio.file.Path;
import java.util.Optional;

/** Takes back, from keepers that an earlier engine started, what they hold. Thread-safe. */
final class Keepers {
  private final Kernel kernel;

  Keepers(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * A pidfd of the keeper of that pid, when it still is one: a pid may long be somebody else's, but
   * only the true keeper holds this very status file open.
   */
  Optional<Fd> find(int pid, Path statusFile) {
    Optional<Fd> process = pid > 0 ? kernel.processes().openPidfd(pid) : Optional.empty();
    if (process.isEmpty()) {
      return Optional.empty();
    }
    Optional<Fd> held = kernel.processes().takeFd(process.get(), KeeperImage.STATUS_FD);
    if (held.isPresent()) {
      try (Fd fd = held.get()) {
        FileStatus mine = kernel.files().status(FileCalls.AT_FDCWD, statusFile.toString(), 0);
        FileStatus theirs = kernel.files().status(fd);
        if (mine.inode() == theirs.inode() && mine.device() == theirs.device()) {
          return process;
        }
      }
    }
    process.get().close();
    return Optional.empty();
  }

  /** Becomes readable when the process has ended. */
  Fd notice(Fd keeper) {
    return require(keeper, KeeperImage.NOTICE_READ_FD, "notice");
  }

  /** The engine's ends of the process' streams. */
  StdioEnds ends(Fd keeper) {
    Optional<Fd> terminal = take(keeper, KeeperImage.TERMINAL_FD);
    if (terminal.isPresent()) {
      return new StdioEnds.Terminal(terminal.get());
    }
    return new StdioEnds.Pipes(
        take(keeper, KeeperImage.STDIN_FD),
        require(keeper, KeeperImage.STDOUT_FD, "output"),
        take(keeper, KeeperImage.STDERR_FD));
  }

  private Fd require(Fd keeper, int number, String what) {
    return take(keeper, number)
        .orElseThrow(() -> new IllegalStateException("the keeper holds no " + what));
  }

  private Optional<Fd> take(Fd keeper, int number) {
    return kernel.processes().takeFd(keeper, number);
  }
}
