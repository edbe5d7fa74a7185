package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;

/** A client on a unix socket, or on TCP without TLS. */
final class ChannelSocket implements ClientSocket {
  private final SocketChannel channel;
  private final InputStream input;
  private final OutputStream output;

  ChannelSocket(SocketChannel channel) {
    this.channel = channel;
    this.input = new ChannelInput(channel);
    this.output = new ChannelOutput(channel);
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
