package io.jdocker.network.dns;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.namespace.NamespaceThread;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/** Asks the name server of a namespace from inside of it. */
final class LoopbackClient {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Kernel kernel;
  private final Path namespace;
  private final int port;

  LoopbackClient(Kernel kernel, Path namespace, int port) {
    this.kernel = kernel;
    this.namespace = namespace;
    this.port = port;
  }

  /** Opens something in the namespace; sockets stay there. */
  <T> T within(Supplier<T> work) {
    try (Fd fd = kernel.files().open(namespace.toString(), OpenFlags.O_RDONLY, 0)) {
      return new NamespaceThread(kernel).within(fd, work);
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(ServedContainer.ADDRESS, port);
  }

  private DatagramSocket datagrams() {
    return within(
        () -> {
          try {
            DatagramSocket socket = new DatagramSocket();
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address());
            return socket;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  byte[] udp(byte[] question) {
    try (DatagramSocket socket = datagrams()) {
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[65536], 65536);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends what nobody answers. */
  void udpWithoutAnswer(byte[] message) {
    try (DatagramSocket socket = datagrams()) {
      socket.send(new DatagramPacket(message, message.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket connect() {
    return within(
        () -> {
          try {
            Socket socket = new Socket();
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address(), PATIENCE_MILLIS);
            return socket;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  byte[] tcp(byte[] question) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(Frames.framed(question));
      return framed(new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next message with its length in front. */
  static byte[] framed(DataInputStream input) throws IOException {
    byte[] message = new byte[input.readUnsignedShort()];
    input.readFully(message);
    return message;
  }
}
