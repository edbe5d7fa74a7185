package io.jdocker.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body in the chunked transfer coding, RFC 9112 section 7.1. */
final class ChunkedInput extends InputStream {
  private final InputStream in;
  private long left;
  private boolean isFirst = true;
  private boolean isAtEnd;

  ChunkedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !isAtEnd) {
      nextChunk();
    }
    if (isAtEnd) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("connection closed in the middle of a chunk");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (!isFirst && !Lines.read(in).isEmpty()) {
      throw new IOException("malformed chunk: no line end after its content");
    }
    isFirst = false;
    String size = Lines.read(in);
    int extension = size.indexOf(';');
    try {
      left = Long.parseLong(extension < 0 ? size : size.substring(0, extension).strip(), 16);
      if (left < 0) {
        throw new NumberFormatException("negative");
      }
    } catch (NumberFormatException e) {
      throw new IOException("malformed chunk size: " + size, e);
    }
    if (left == 0) {
      isAtEnd = true;
      while (!Lines.read(in).isEmpty()) {
        // Trailer fields carry nothing that the API defines.
      }
    }
  }
}
