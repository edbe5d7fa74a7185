package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes a blocking channel, unbuffered. One writer at a time; a reader may work meanwhile. */
final class ChannelOutput extends OutputStream {
  private final WritableByteChannel channel;

  ChannelOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int end = offset + length;
    for (int next = offset; next < end; ) {
      int most = Math.min(end - next, ChannelInput.TRANSFER_BYTES);
      next += channel.write(ByteBuffer.wrap(source, next, most));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
