package io.jdocker.daemon.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that sends exactly the bytes it is given, and reads exactly the bytes that come. */
public final class RawClient implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream input;

  public RawClient(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    input = new ChannelInput(channel);
  }

  public RawClient send(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return this;
  }

  /** Reads up to and with the blank line that ends a head. */
  public String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = input.read();
      if (next < 0) {
        return head.toString(StandardCharsets.ISO_8859_1) + "<end>";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  public String exactly(int bytes) throws IOException {
    return new String(input.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** The body that the head's Content-Length announces. */
  public String body(String head) throws IOException {
    String name = "Content-Length: ";
    if (!head.contains(name)) {
      throw new IOException("no body comes after: " + head);
    }
    int at = head.indexOf(name) + name.length();
    return exactly(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
  }

  /** Everything until the server closes. */
  public String rest() throws IOException {
    return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
