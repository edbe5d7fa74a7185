package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.durable.Undo;
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
    try (Undo undo = new Undo()) {
      undo.push("close the pidfd of " + pid, process.get()::close);
      if (holds(process.get(), statusFile)) {
        undo.commit();
        return process;
      }
      return Optional.empty();
    }
  }

  private boolean holds(Fd process, Path statusFile) {
    Optional<Fd> held = kernel.processes().takeFd(process, KeeperImage.STATUS_FD);
    if (held.isEmpty()) {
      return false;
    }
    try (Fd fd = held.get()) {
      FileStatus theirs = kernel.files().status(fd);
      return kernel
          .files()
          .find(FileCalls.AT_FDCWD, statusFile.toString(), 0)
          .filter(mine -> mine.inode() == theirs.inode() && mine.device() == theirs.device())
          .isPresent();
    }
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
    try (Undo undo = new Undo()) {
      Optional<Fd> stdin = take(keeper, KeeperImage.STDIN_FD);
      undo.push("close the input", () -> stdin.ifPresent(Fd::close));
      Fd stdout = require(keeper, KeeperImage.STDOUT_FD, "output");
      undo.push("close the output", stdout::close);
      Optional<Fd> stderr = take(keeper, KeeperImage.STDERR_FD);
      undo.commit();
      return new StdioEnds.Pipes(stdin, stdout, stderr);
    }
  }

  private Fd require(Fd keeper, int number, String what) {
    return take(keeper, number)
        .orElseThrow(() -> new IllegalStateException("the keeper holds no " + what));
  }

  private Optional<Fd> take(Fd keeper, int number) {
    return kernel.processes().takeFd(keeper, number);
  }
}
