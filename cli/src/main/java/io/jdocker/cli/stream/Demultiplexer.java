package io.jdocker.cli.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Takes apart a stream that carries two: frames of 8 bytes head (stream number, three zeros, length
 * in big endian) and content.
 */
public final class Demultiplexer {
  private static final int HEAD = 8;
  private static final int BUFFER_SIZE = 32 * 1024;
  private static final int SYSTEM_ERROR = 3;

  private final InputStream in;
  private final OutputStream out;
  private final OutputStream err;

  public Demultiplexer(InputStream in, OutputStream out, OutputStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Copies until the stream ends.
   *
   * @throws IOException when a frame is malformed, cut short, or of the daemon's error stream
   */
  public void run() throws IOException {
    byte[] head = new byte[HEAD];
    byte[] buffer = new byte[BUFFER_SIZE];
    while (true) {
      int got = in.readNBytes(head, 0, HEAD);
      if (got == 0) {
        return;
      }
      if (got < HEAD) {
        throw new EOFException("stream ended in the middle of a frame's head");
      }
      long length =
          (head[4] & 0xffL) << 24
              | (head[5] & 0xffL) << 16
              | (head[6] & 0xffL) << 8
              | (head[7] & 0xffL);
      frame(head[0], length, buffer);
    }
  }

  private void frame(int stream, long length, byte[] buffer) throws IOException {
    OutputStream target =
        switch (stream) {
          case 0, 1 -> out;
          case 2 -> err;
          case SYSTEM_ERROR ->
              throw new IOException(
                  "error from daemon in stream: " + new String(in.readNBytes((int) length), UTF8));
          default -> throw new IOException("unrecognized stream: " + stream);
        };
    long left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("stream ended in the middle of a frame");
      }
      target.write(buffer, 0, count);
      left -= count;
    }
    target.flush();
  }

  private static final java.nio.charset.Charset UTF8 = java.nio.charset.StandardCharsets.UTF_8;
}
