package io.jdocker.daemon.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection to a unix socket. No more than the benchmark needs, so that
 * its own share of the time is small, and the same for whoever answers. One thread.
 */
final class ApiConnection implements AutoCloseable {
  private static final int BUFFER_SIZE = 64 * 1024;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  /** An answer. */
  record Answer(int status, String body) {}

  private final SocketChannel channel;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_SIZE).flip();

  ApiConnection(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /**
   * Asks, and reads the whole answer.
   *
   * @throws IOException when it is an error of HTTP, with what it says
   */
  Answer ask(String method, String path, String json) throws IOException {
    send(method, path, json);
    Answer answer = read();
    if (answer.status() >= 400) {
      throw new IOException(method + " " + path + ": " + answer.status() + " " + answer.body());
    }
    return answer;
  }

  /**
   * Asks for a stream and reads it to its end, which is the connection's: an attach or exec.
   *
   * @return how many bytes came
   * @throws IOException when it is an error of HTTP
   */
  long askForStream(String path, String json) throws IOException {
    send("POST", path, json);
    String status = line();
    String header = line();
    while (!header.isEmpty()) {
      header = line();
    }
    if (Integer.parseInt(status.split(" ", 3)[1]) >= 400) {
      throw new IOException("POST " + path + ": " + status);
    }
    long count = received.remaining();
    received.clear();
    for (int read = channel.read(received); read >= 0; read = channel.read(received)) {
      count += read;
      received.clear();
    }
    return count;
  }

  private void send(String method, String path, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " /v1.41"
            + path
            + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    ByteBuffer request = ByteBuffer.wrap((head + json).getBytes(StandardCharsets.UTF_8));
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  private Answer read() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.endsWith("chunked");
      }
    }
    if (status == NO_CONTENT || status == NOT_MODIFIED) {
      return new Answer(status, "");
    }
    return new Answer(status, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.append(text(size));
      line();
    }
    line();
    return body.toString();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String text(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = next();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte c = next(); c != '\n'; c = next()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private byte next() throws IOException {
    if (!received.hasRemaining()) {
      received.clear();
      if (channel.read(received) < 0) {
        throw new EOFException("the engine closed the connection");
      }
      received.flip();
    }
    return received.get();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
