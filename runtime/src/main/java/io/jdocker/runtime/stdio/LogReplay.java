package io.jdocker.runtime.stdio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a client that attaches late gets before the live output: the log up to that moment, then the
 * lines unfinished at that moment, which are in no file yet. One thread takes; any closes.
 */
final class LogReplay implements AutoCloseable {
  private final Optional<LogReader> reader;
  private final Deque<Chunk> unfinished;
  private boolean read;

  private LogReplay(Optional<LogReader> reader, Deque<Chunk> unfinished) {
    this.reader = reader;
    this.unfinished = unfinished;
  }

  static LogReplay none() {
    return new LogReplay(Optional.empty(), new ArrayDeque<>());
  }

  static LogReplay of(Optional<LogSnapshot> written, StreamSelection selection) {
    if (written.isEmpty() || !(selection.stdout() || selection.stderr())) {
      return none();
    }
    LogQuery query = LogQuery.everythingOf(selection.stdout(), selection.stderr());
    Deque<Chunk> unfinished = new ArrayDeque<>();
    for (Chunk chunk : written.get().unfinishedLines()) {
      if (selection.includes(chunk.stream())) {
        unfinished.add(chunk);
      }
    }
    return new LogReplay(Optional.of(LogReader.until(written.get(), query)), unfinished);
  }

  /** The next piece; empty once all was given out. */
  Optional<Chunk> next() throws InterruptedException {
    if (!read && reader.isPresent()) {
      Optional<Chunk> chunk = reader.get().take();
      if (chunk.isPresent()) {
        return chunk;
      }
      read = true;
      reader.get().close();
    }
    return Optional.ofNullable(unfinished.poll());
  }

  @Override
  public void close() {
    reader.ifPresent(LogReader::close);
  }
}
