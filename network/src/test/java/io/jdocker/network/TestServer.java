package io.jdocker.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A small server in this process. A socket belongs to the network namespace of the thread that made
 * it (ip-netns(8)), so what is made on a thread in a container's namespace serves that container,
 * whichever thread accepts. Made ready to answer; closing ends it.
 */
final class TestServer implements AutoCloseable {
  /** What a server does with one connection, which is closed afterwards. */
  interface Service {
    void serve(Socket connection) throws IOException;
  }

  private final AutoCloseable socket;

  private TestServer(AutoCloseable socket, Loop loop, String name) {
    this.socket = socket;
    Thread thread = new Thread(() -> forever(loop), name);
    thread.setDaemon(true);
    thread.start();
  }

  private interface Loop {
    void once() throws IOException;
  }

  /** A TCP server on every address of the calling thread's namespace. */
  static TestServer tcp(int port, Service service) {
    try {
      ServerSocket socket = new ServerSocket(port);
      return new TestServer(socket, () -> accept(socket, service), "test-tcp-" + port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers each datagram with itself, a space and the sender's address. */
  static TestServer udpEcho(int port) {
    try {
      DatagramSocket socket = new DatagramSocket(new InetSocketAddress("0.0.0.0", port));
      return new TestServer(socket, () -> echo(socket), "test-udp-" + port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers an HTTP request with the address of whoever asked, as the server sees it. */
  static void tellPeer(Socket connection) throws IOException {
    connection.getInputStream().read(new byte[4096]);
    write(connection, "HTTP/1.0 200 OK\r\n\r\n" + connection.getInetAddress().getHostAddress());
  }

  /** Counts what comes until its end, then sends the count many times over. */
  static void count(Socket connection) throws IOException {
    long total = connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    write(connection, Long.toString(total).repeat(100_000));
  }

  private static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void accept(ServerSocket socket, Service service) throws IOException {
    Socket connection = socket.accept();
    try (connection) {
      service.serve(connection);
    } catch (IOException e) {
      // The client went away; the next one is served.
      return;
    }
  }

  private static void echo(DatagramSocket socket) throws IOException {
    DatagramPacket asked = new DatagramPacket(new byte[999], 999);
    socket.receive(asked);
    String text = new String(asked.getData(), 0, asked.getLength(), StandardCharsets.US_ASCII);
    byte[] answer =
        (text + " " + asked.getAddress().getHostAddress()).getBytes(StandardCharsets.US_ASCII);
    socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
  }

  private static void forever(Loop loop) {
    try {
      while (true) {
        loop.once();
      }
    } catch (IOException e) {
      // Closed: the end.
      return;
    }
  }

  /** Sends a word to a UDP server from the calling thread's namespace; the answer, 4 s at most. */
  static String askUdp(String address, int port, String word) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(4000);
      socket.connect(new InetSocketAddress(address, port));
      byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
      socket.send(new DatagramPacket(bytes, bytes.length));
      DatagramPacket answer = new DatagramPacket(new byte[99], 99);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes to a TCP server, then the end; returns all that it answers, 8 s a read at most. */
  static String askTcp(String address, int port, byte[] bytes) {
    try (Socket socket = new Socket(address, port)) {
      socket.setSoTimeout(8000);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (Exception e) {
      throw new AssertionError("a test's socket does not close", e);
    }
  }
}
