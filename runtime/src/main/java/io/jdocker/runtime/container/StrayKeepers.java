package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.launch.KeeperImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Ends the keepers that keep nothing any more: a keeper holds on until an engine that has read its
 * status kills it, and when that engine is killed in between, or in the middle of a removal, nobody
 * else knows of it. Thread-safe.
 */
final class StrayKeepers {
  private static final int SIGKILL = 9;

  /** Behind the name; the 22nd of all fields of /proc/pid/stat. */
  private static final int START_FIELD = 19;

  private static final int TICKS_PER_SECOND = 100;
  private static final String PROGRAM = "/memfd:" + KeeperImage.NAME;

  private final Kernel kernel;
  private final Path root;
  private final long opened = ticksSinceBoot();

  /**
   * @param root of the engine: its keepers hold status files below it
   */
  StrayKeepers(Kernel kernel, Path root) {
    this.kernel = kernel;
    this.root = root;
  }

  /** Pids of the keepers, at this moment, that another engine started. */
  Set<Integer> ofEarlierEngines() {
    Set<Integer> found = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (isKeeper(process) && started(process) < opened) {
          found.add(Integer.parseInt(process.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc", e);
    }
    return found;
  }

  /** Ends all of them but those. */
  void end(Set<Integer> adopted) {
    Set<Integer> strays = ofEarlierEngines();
    strays.removeAll(adopted);
    for (int pid : strays) {
      Optional<Fd> process = kernel.processes().openPidfd(pid);
      if (process.isPresent()) {
        try (Fd fd = process.get()) {
          // The pid is held by the pidfd from here on, and looked at once more.
          if (isKeeper(Path.of("/proc", Integer.toString(pid)))) {
            kernel.processes().signal(fd, SIGKILL);
          }
        }
      }
    }
  }

  /** A keeper runs from sealed memory; whose it is, the status file it holds tells. */
  private boolean isKeeper(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("exe")).toString().startsWith(PROGRAM)
          && Files.readSymbolicLink(process.resolve("fd/" + KeeperImage.STATUS_FD))
              .startsWith(root);
    } catch (IOException goneOrKernelThread) {
      return false;
    }
  }

  /**
   * When it was started, in ticks since boot. Not by their parent are keepers known: an engine of a
   * test, or of a program that embeds several, was in this very process.
   */
  private static long started(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      // "pid (name) state ppid ...": the name may hold anything, even parentheses. See proc(5).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", START_FIELD + 2);
      return Long.parseLong(fields[START_FIELD]);
    } catch (IOException gone) {
      return Long.MAX_VALUE;
    }
  }

  private static long ticksSinceBoot() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      return (long) (Double.parseDouble(uptime.split(" ", 2)[0]) * TICKS_PER_SECOND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/uptime", e);
    }
  }
}
