package io.jdocker.engine;

import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.LogReader;
import java.util.Optional;

/** Output of a process: as it comes, or from its log. */
final class OutputSource implements Source<OutputChunk> {
  private final Take take;
  private final Runnable close;

  @FunctionalInterface
  private interface Take {
    Optional<Chunk> next() throws InterruptedException;
  }

  private OutputSource(Take take, Runnable close) {
    this.take = take;
    this.close = close;
  }

  static OutputSource of(LogReader log) {
    return new OutputSource(log::take, log::close);
  }

  static OutputSource of(Attachment attachment) {
    return new OutputSource(attachment::take, attachment::close);
  }

  @Override
  public Optional<OutputChunk> next() throws InterruptedException {
    return take.next().map(OutputSource::chunk);
  }

  private static OutputChunk chunk(Chunk chunk) {
    return new OutputChunk(
        chunk.stream() == Chunk.STDERR ? OutputChunk.Stream.STDERR : OutputChunk.Stream.STDOUT,
        chunk.bytes());
  }

  @Override
  public void close() {
    close.run();
  }
}
