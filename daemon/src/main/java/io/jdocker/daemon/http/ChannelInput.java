package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;

/** Reads a blocking channel. One reader at a time; a writer may work meanwhile. */
final class ChannelInput extends InputStream {
  /**
   * The JDK copies each transfer through a direct buffer of its size, kept for the thread's life.
   * So a transfer is never larger than this.
   */
  static final int TRANSFER_BYTES = 16 << 10;

  private final ReadableByteChannel channel;

  ChannelInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    return channel.read(ByteBuffer.wrap(target, offset, Math.min(length, TRANSFER_BYTES)));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
