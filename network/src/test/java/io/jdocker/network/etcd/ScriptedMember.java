package io.jdocker.network.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A member that answers every request with the same pieces of bytes, one write and one flush each,
 * so that a message may be split wherever a test wants it.
 */
final class ScriptedMember implements AutoCloseable {
  private final ServerSocket socket;
  private final List<byte[]> pieces;

  private ScriptedMember(ServerSocket socket, List<byte[]> pieces) {
    this.socket = socket;
    this.pieces = pieces;
  }

  /** One that answers so, the whole answer with its head. */
  static ScriptedMember answering(List<byte[]> pieces) {
    try {
      ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
      ScriptedMember member = new ScriptedMember(socket, pieces);
      Thread thread = new Thread(member::serve, "scripted-member");
      thread.setDaemon(true);
      thread.start();
      return member;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that answers with a status and a body. */
  static ScriptedMember answering(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head = "HTTP/1.1 " + status + " Told\r\nContent-Length: " + bytes.length + "\r\n\r\n";
    return answering(List.of(head.getBytes(StandardCharsets.US_ASCII), bytes));
  }

  EtcdClient client() {
    return new EtcdClient(EtcdEndpoint.parse(url()), EtcdTls.NONE);
  }

  String url() {
    return "etcd://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.setTcpNoDelay(true);
        readRequest(connection.getInputStream());
        OutputStream out = connection.getOutputStream();
        for (byte[] piece : pieces) {
          out.write(piece);
          out.flush();
        }
      } catch (SocketException closed) {
        // By this end or the other: both are the test's will.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Up to the end of its body. */
  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      head.append((char) next);
    }
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        in.readNBytes(Integer.parseInt(line.substring("Content-Length: ".length())));
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
