package io.jdocker.cli.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A socket of java.nio. Not the streams of java.nio.channels.Channels: before JDK 19 those share
 * one lock on a SocketChannel, and a reader that waits holds up the writer for ever.
 */
final class ChannelTransport implements ByteTransport {
  private final SocketChannel channel;

  private ChannelTransport(SocketChannel channel) {
    this.channel = channel;
  }

  static ByteTransport connect(SocketAddress address) throws IOException {
    return new ChannelTransport(SocketChannel.open(address));
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(target, offset, length));
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(source, offset, length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
