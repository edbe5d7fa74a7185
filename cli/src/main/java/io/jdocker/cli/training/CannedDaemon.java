package io.jdocker.cli.training;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every request with the same small document, one request a read: enough to train on. */
final class CannedDaemon implements Closeable {
  private static final String OBJECT =
      "{\"Id\":\"0123456789abcdef\",\"Version\":\"1\",\"ApiVersion\":\"1.51\",\"StatusCode\":0,"
          + "\"Config\":{\"Tty\":false},\"State\":{\"Status\":\"running\",\"Running\":true},"
          + "\"Names\":[\"/x\"],\"Image\":\"i\",\"Command\":\"c\",\"Created\":1700000000,"
          + "\"Ports\":[{\"IP\":\"0.0.0.0\",\"PrivatePort\":80,\"PublicPort\":80,\"Type\":\"tcp\"}],"
          + "\"Status\":\"Up\",\"RepoTags\":[\"a:b\"],\"Size\":1234567,\"Labels\":{\"a\":\"b\"},"
          + "\"Volumes\":[],\"BuildTime\":\"2026-01-01T00:00:00Z\"}";

  private final ServerSocketChannel server;
  private final AtomicInteger requests = new AtomicInteger();

  private CannedDaemon(ServerSocketChannel server) {
    this.server = server;
  }

  static CannedDaemon listen(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    CannedDaemon daemon = new CannedDaemon(server);
    daemon.background(daemon::accept);
    return daemon;
  }

  int requests() {
    return requests.get();
  }

  private void background(Runnable work) {
    Thread thread = new Thread(work, "canned daemon");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        background(() -> serve(client));
      }
    } catch (AsynchronousCloseException e) {
      return; // closed: the training is over
    } catch (IOException e) {
      throw new IllegalStateException("canned daemon cannot accept", e);
    }
  }

  private void serve(SocketChannel client) {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try (client) {
      while (client.read(buffer.clear()) > 0) {
        requests.incrementAndGet();
        String request = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        client.write(ByteBuffer.wrap(answer(request).getBytes(StandardCharsets.UTF_8)));
        if (request.contains("Upgrade: tcp")) {
          return;
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("canned daemon lost its client", e);
    }
  }

  private static String answer(String request) {
    if (request.contains("Upgrade: tcp")) {
      return "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
          + "\u0001\0\0\0\0\0\0\u0002ok";
    }
    String body = "";
    if (!request.startsWith("HEAD")) {
      boolean isList = request.contains("/containers/json") || request.contains("/images/json");
      body = isList || request.contains("/networks") ? "[" + OBJECT + "]" : OBJECT;
    }
    return "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
