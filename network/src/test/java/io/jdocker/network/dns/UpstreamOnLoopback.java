package io.jdocker.network.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server of the world outside, at port 53 of an address of the loopback link. It behaves as
 * it is told: {@code answer} with one record, with the name of a response code and none, {@code
 * cut} by UDP, or with something else {@code , then answer}.
 */
final class UpstreamOnLoopback implements AutoCloseable {
  private static final int PORT = 53;

  private final String behaviour;
  private final DatagramSocket datagrams;
  private final ServerSocket connections;
  private final AtomicInteger asked = new AtomicInteger();

  UpstreamOnLoopback(String address, String behaviour) {
    this.behaviour = behaviour;
    try {
      InetSocketAddress local = new InetSocketAddress(InetAddress.getByName(address), PORT);
      datagrams = new DatagramSocket(local);
      connections = new ServerSocket();
      connections.bind(local);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::receive);
    start(this::accept);
  }

  private interface Turn {
    void once() throws IOException;
  }

  private void start(Turn turn) {
    Thread thread =
        new Thread(
            () -> {
              boolean open = true;
              while (open) {
                try {
                  turn.once();
                } catch (IOException e) {
                  open = !datagrams.isClosed(); // a client broke off, or the end
                }
              }
            },
            "upstream");
    thread.setDaemon(true);
    thread.start();
  }

  /** How many questions came. */
  int asked() {
    return asked.get();
  }

  private void receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    datagrams.receive(packet);
    for (byte[] answer :
        answers(Arrays.copyOf(packet.getData(), packet.getLength()), behaviour.equals("cut"))) {
      datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
    }
  }

  private void accept() throws IOException {
    try (Socket client = connections.accept()) {
      byte[] question = LoopbackClient.framed(new DataInputStream(client.getInputStream()));
      for (byte[] answer : answers(question, false)) {
        client.getOutputStream().write(Frames.framed(answer));
      }
      client.shutdownOutput();
      client.getInputStream().read(); // until the client has read it all
    }
  }

  private List<byte[]> answers(byte[] question, boolean cut) {
    asked.incrementAndGet();
    byte[] good = answer(question, ResponseCode.NOERROR, true);
    byte[] odd = good.clone();
    switch (behaviour) {
      case "answer" -> {
        return List.of(good);
      }
      case "cut" -> {
        odd = answer(question, ResponseCode.NOERROR, !cut);
        odd[2] |= cut ? (byte) (Query.FLAG_TRUNCATED >> 8) : 0;
        return List.of(odd);
      }
      case "other id, then answer" -> {
        odd[0]++;
        return List.of(odd, good);
      }
      case "a query, then answer" -> {
        return List.of(question, good);
      }
      default -> {
        return List.of(answer(question, ResponseCode.valueOf(behaviour), false));
      }
    }
  }

  private static byte[] answer(byte[] question, ResponseCode code, boolean record) {
    byte[] address = record ? new byte[16] : new byte[0];
    byte[] answer = Arrays.copyOf(question, question.length + address.length);
    answer[2] |= (byte) (Query.FLAG_RESPONSE >> 8);
    answer[3] = (byte) (0x80 | code.number());
    answer[7] = (byte) (record ? 1 : 0);
    if (record) {
      byte[] fixed = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, (byte) 198, 51, 100, 7};
      System.arraycopy(fixed, 0, answer, question.length, fixed.length);
    }
    return answer;
  }

  @Override
  public void close() {
    try {
      datagrams.close();
      connections.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
