package io.jdocker.runtime.stdio;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /**
   * Everything in the log of a container that does not run. The length is taken now: what its next
   * run writes comes live.
   */
  static LogSnapshot whole(Path file) {
    try {
      return new LogSnapshot(file, Files.size(file), List.of());
    } catch (NoSuchFileException e) {
      return new LogSnapshot(file, 0, List.of());
    } catch (IOException e) {
      throw new SystemFailure("cannot read log " + file + ": " + e.getMessage(), e);
    }
  }
}
