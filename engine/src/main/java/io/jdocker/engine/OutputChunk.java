package io.jdocker.engine;

import java.nio.charset.StandardCharsets;

/** A piece of what a process has written, in the order it was written. */
public final class OutputChunk {
  /** Where it was written to. */
  public enum Stream {
    STDOUT,
    STDERR
  }

  private final Stream stream;
  private final byte[] bytes;

  OutputChunk(Stream stream, byte[] bytes) {
    this.stream = stream;
    this.bytes = bytes;
  }

  public Stream stream() {
    return stream;
  }

  /** A copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Decoded as UTF-8; of a log this is a line, its newline included, or a part of a long one. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return stream + ": " + text();
  }
}
