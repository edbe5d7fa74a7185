package io.jdocker.runtime.stdio;

import java.nio.file.Path;
import java.util.List;

/**
 * All output until one moment: a part of the log file, then what waits in memory for the end of its
 * line.
 *
 * @param length how many bytes of the file belong to it
 */
record LogSnapshot(Path file, long length, List<Chunk> unfinishedLines) {
  LogSnapshot {
    unfinishedLines = List.copyOf(unfinishedLines);
  }

  /** Everything in the log of a container that does not run. */
  static LogSnapshot whole(Path file) {
    return new LogSnapshot(file, Long.MAX_VALUE, List.of());
  }
}
