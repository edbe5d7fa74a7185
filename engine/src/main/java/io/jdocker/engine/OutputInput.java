package io.jdocker.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Optional;

/** Output of a process as a stream of bytes. One thread reads; another may close. */
final class OutputInput extends InputStream {
  private final Source<OutputChunk> source;
  private byte[] bytes = new byte[0];
  private int position;

  OutputInput(Source<OutputChunk> source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - position);
    System.arraycopy(bytes, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return bytes.length - position;
  }

  private boolean fill() throws IOException {
    while (position == bytes.length) {
      try {
        Optional<OutputChunk> next = source.next();
        if (next.isEmpty()) {
          return false;
        }
        bytes = next.get().bytes();
        position = 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for output");
      }
    }
    return true;
  }

  @Override
  public void close() {
    source.close();
  }
}
