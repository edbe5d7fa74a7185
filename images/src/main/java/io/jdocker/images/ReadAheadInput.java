package io.jdocker.images;

import io.jdocker.images.stream.BlockInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a stream on a thread of its own, some buffers ahead, so that decompressing and unpacking
 * share the processors. For sources that end by themselves, such as files: closing waits until the
 * read that is under way returns. The source stays open.
 */
final class ReadAheadInput extends BlockInput {
  private static final int BUFFER = 1 << 17;
  private static final int AHEAD = 4;

  private final InputStream source;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(AHEAD);
  private final Thread reader;
  private volatile boolean closed;

  private Chunk chunk = new Chunk(new byte[0], 0, Optional.empty());
  private int position;

  /** Some content, or the end with what made it one. */
  private static final class Chunk {
    private final byte[] content;
    private final int length;
    private final Optional<IOException> failure;

    Chunk(byte[] content, int length, Optional<IOException> failure) {
      this.content = content;
      this.length = length;
      this.failure = failure;
    }

    boolean isEnd() {
      return length < 0;
    }
  }

  ReadAheadInput(InputStream source) {
    this.source = source;
    this.reader = new Thread(this::readAll, "jdocker-decompress");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll() {
    Optional<IOException> failure = Optional.empty();
    try {
      while (!closed) {
        byte[] buffer = new byte[BUFFER];
        int count = source.readNBytes(buffer, 0, BUFFER);
        if (count == 0) {
          break;
        }
        chunks.put(new Chunk(buffer, count, Optional.empty()));
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (RuntimeException e) {
      failure = Optional.of(new IOException(e.toString(), e));
    } catch (InterruptedException e) {
      failure = Optional.of(new InterruptedIOException("interrupted while reading ahead"));
    }
    end(failure);
  }

  private void end(Optional<IOException> failure) {
    try {
      // Once closed, the queue is emptied until this thread has ended: there is room at last.
      chunks.put(new Chunk(new byte[0], -1, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts it; the thread ends in any case
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == chunk.length) {
      chunk = next();
      position = 0;
    }
    if (chunk.isEnd()) {
      position = chunk.length;
      return atEnd();
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk.content, position, buffer, offset, count);
    position += count;
    return count;
  }

  private Chunk next() throws IOException {
    if (chunk.isEnd()) {
      return chunk;
    }
    try {
      return chunks.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for decompressed content");
    }
  }

  private int atEnd() throws IOException {
    if (chunk.failure.isPresent()) {
      IOException cause = chunk.failure.get();
      throw new IOException(cause.getMessage(), cause);
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      // Room for a reader that waits to put; it may fill the queue once more.
      while (reader.isAlive()) {
        chunks.clear();
        reader.join(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a read ahead ends");
    }
  }
}
