package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The socket while the head of a request is read. HttpCore takes the end of the stream for the end
 * of the head, and so half a request for a whole one: here it is noticed.
 */
final class HeadInput extends InputStream {
  private final InputStream socket;
  private boolean ended;

  HeadInput(InputStream socket) {
    this.socket = socket;
  }

  /** True when the client closed before the blank line that ends a head. */
  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = socket.read(target, offset, length);
    ended |= count < 0;
    return count;
  }
}
