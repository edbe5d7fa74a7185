package io.jdocker.runtime.stdio;

import java.util.Optional;

/**
 * Where the output of one run of a process is kept. Calls come one at a time from the event loop's
 * thread, or from a client's under the lock of its hub. No call throws for a full disk or the like:
 * a log that cannot be written must not stop the process; the sink reports it by itself. A sink
 * that keeps nothing on disk has only {@link #write}.
 */
public interface LogSink extends AutoCloseable {
  /** Takes some output of {@link Chunk#STDOUT} or {@link Chunk#STDERR}; copies what it keeps. */
  void write(int stream, byte[] bytes, int offset, int length);

  /** All output has come: an unterminated last line is written as it is. */
  default void flush() {}

  /** What has been written so far; empty where this sink cannot be read back. */
  default Optional<LogSnapshot> snapshot() {
    return Optional.empty();
  }

  /**
   * Where the next output goes; empty where a sink cannot take up what an engine that was killed
   * had read.
   */
  default Optional<LogPosition> position() {
    return Optional.empty();
  }

  /** Flushes and ends the log: readers that follow it end. */
  @Override
  default void close() {}

  /** A sink that keeps nothing: Docker's log driver {@code none}, and execs. */
  static LogSink none() {
    return (stream, bytes, offset, length) -> {};
  }
}
