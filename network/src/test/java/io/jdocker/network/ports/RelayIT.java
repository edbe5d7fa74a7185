package io.jdocker.network.ports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.Ipv4;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in by IPv6 is carried to a container's IPv4 address; here that is 127.0.0.1. */
class RelayIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final Ipv4 CONTAINER = Ipv4.of("127.0.0.1");
  private static final int PATIENCE_MILLIS = 30_000;

  private interface Opening<T> {
    T open() throws IOException;
  }

  private HostNamespaces machines;
  private Relay relay;
  private PortAllocator allocator;
  private ServerSocket server;
  private Reservation reservation;

  @BeforeEach
  void open() {
    machines = HostNamespaces.create(KERNEL);
    relay = new Relay(KERNEL);
    allocator = new PortAllocator(KERNEL, relay);
    server = inside(() -> new ServerSocket(7000, 50));
    reservation = publish("[::1]:8000:7000");
  }

  @AfterEach
  void close() throws IOException {
    reservation.close();
    relay.close();
    server.close();
    assertEquals("", machines.shell("ss -Hlntu").output());
    machines.close();
  }

  private <T> T inside(Opening<T> work) {
    return machines.run(
        () -> {
          try {
            return work.open();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Reservation publish(String value) {
    return machines.run(
        () -> {
          Reservation reserved = allocator.reserve(PortMappings.parse(value), PortWays.IPV4);
          reserved.open(CONTAINER);
          return reserved;
        });
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(SocketAddresses.numeric("::1"), port);
  }

  private Socket call(int port) {
    return inside(
        () -> {
          Socket socket = new Socket();
          socket.connect(loopback(port), PATIENCE_MILLIS);
          socket.setSoTimeout(PATIENCE_MILLIS);
          return socket;
        });
  }

  private Socket accept() throws IOException {
    server.setSoTimeout(PATIENCE_MILLIS);
    Socket accepted = server.accept();
    accepted.setSoTimeout(PATIENCE_MILLIS);
    return accepted;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hear(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  @Test
  void bothSidesMaySpeakFirst() throws IOException {
    try (Socket client = call(8000);
        Socket container = accept()) {
      say(container, "220 ready");
      assertEquals("220 ready", hear(client, 9));
      say(client, "HELO");
      assertEquals("HELO", hear(container, 4));
    }
  }

  @Test
  void whoHasSaidEverythingStillHearsTheAnswer() throws IOException {
    try (Socket client = call(8000);
        Socket container = accept()) {
      say(client, "ask");
      client.shutdownOutput();
      assertEquals("ask", hear(container, 99), "up to the end");
      say(container, "answer");
      container.shutdownOutput();
      assertEquals("answer", hear(client, 99));
    }
  }

  @Test
  void theContainersEndDoesNotCutTheClient() throws IOException {
    try (Socket client = call(8000);
        Socket container = accept()) {
      container.shutdownOutput();
      assertEquals("", hear(client, 99));
      say(client, "late");
      client.shutdownOutput();
      assertEquals("late", hear(container, 99));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32768, 32769, 3_000_000}) // around the size of the relay's buffer
  void everyOctetArrivesOnceAndInOrder(int length) throws Exception {
    byte[] sent = new byte[length];
    new Random(length).nextBytes(sent);
    try (Socket client = call(8000);
        Socket container = accept()) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  client.getOutputStream().write(sent);
                  client.shutdownOutput();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.start(); // nobody reads yet: the relay holds it back
      assertArrayEquals(sent, container.getInputStream().readAllBytes());
      writer.join();
    }
  }

  @Test
  void aContainerThatRefusesEndsTheClientsConnection() throws IOException {
    try (Reservation closed = publish("[::1]:8001:7001");
        Socket client = call(8001)) {
      assertEquals(1, closed.bindings().size());
      assertEquals("", hearOrReset(client));
    }
  }

  private static String hearOrReset(Socket socket) {
    try {
      return hear(socket, 99);
    } catch (IOException reset) {
      return "";
    }
  }

  @Test
  void aClientThatBreaksOffEndsTheContainersSide() throws IOException {
    Socket client = call(8000);
    try (Socket container = accept()) {
      client.setSoLinger(true, 0); // a reset
      client.close();
      assertEquals("", hearOrReset(container));
    }
  }

  @Test
  void connectionsAreKeptApart() throws IOException {
    List<Socket> clients = new ArrayList<>();
    List<Socket> accepted = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(call(8000));
      accepted.add(accept());
    }
    for (int i = 0; i < 20; i++) {
      say(clients.get(i), "client " + i + ".");
    }
    for (int i = 19; i >= 0; i--) {
      String expected = "client " + i + ".";
      assertEquals(expected, hear(accepted.get(i), expected.length()));
      clients.get(i).close();
      accepted.get(i).close();
    }
  }

  @Test
  void aPortThatIsGivenBackIsClosedWithItsConnectionsAndTheOthersStay() throws IOException {
    try (Reservation other = publish("[::1]:8001:7000");
        Socket kept = call(8001);
        Socket keptInside = accept();
        Socket client = call(8000);
        Socket container = accept()) {
      reservation.close();
      assertEquals("", hearOrReset(client));
      assertEquals("", hearOrReset(container));
      assertThrows(UncheckedIOException.class, () -> call(8000));
      say(kept, "still here");
      assertEquals("still here", hear(keptInside, 10));
      assertEquals(8001, other.bindings().get(0).hostPort());
    }
  }

  @Test
  void afterTheLastPortTheNextIsServedAgain() throws IOException {
    for (int i = 0; i < 3; i++) {
      reservation.close();
      reservation = publish("[::1]:8000:7000");
      try (Socket client = call(8000);
          Socket container = accept()) {
        say(client, "again");
        assertEquals("again", hear(container, 5));
      }
    }
  }

  @Test
  void theRelayMayEndBeforeItsPorts() throws IOException {
    try (Socket client = call(8000);
        Socket container = accept()) {
      relay.close();
      assertEquals("", hearOrReset(client));
      assertEquals("", hearOrReset(container));
    }
  }

  private DatagramSocket datagrams(String address, int port) {
    return inside(
        () -> {
          DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port));
          socket.setSoTimeout(PATIENCE_MILLIS);
          return socket;
        });
  }

  private static void send(DatagramSocket from, String text, InetSocketAddress to)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
    socket.receive(packet);
    return packet;
  }

  private static String text(DatagramPacket packet) {
    return new String(
        Arrays.copyOf(packet.getData(), packet.getLength()), StandardCharsets.US_ASCII);
  }

  @Test
  void eachSenderOfDatagramsHearsItsOwnAnswers() throws IOException {
    InetSocketAddress published = loopback(8053);
    try (Reservation udp = publish("[::1]:8053:7053/udp");
        DatagramSocket container = datagrams("127.0.0.1", 7053);
        DatagramSocket one = datagrams("::1", 0);
        DatagramSocket two = datagrams("::1", 0)) {
      send(one, "from one", published);
      DatagramPacket first = receive(container);
      send(two, "from two", published);
      DatagramPacket second = receive(container);
      assertEquals("from one / from two", text(first) + " / " + text(second));
      send(container, "to two", (InetSocketAddress) second.getSocketAddress());
      send(container, "to one", (InetSocketAddress) first.getSocketAddress());
      DatagramPacket answer = receive(one);
      assertEquals("to one / to two", text(answer) + " / " + text(receive(two)));
      assertEquals(published.getPort(), answer.getPort(), "from where the question went");
      send(one, "once more", published);
      assertEquals(first.getSocketAddress(), receive(container).getSocketAddress());
      assertEquals(1, udp.bindings().size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1500, 65_507}) // the last is the longest that IPv4 takes
  void aDatagramOfAnyLengthIsOneDatagram(int length) throws IOException {
    InetSocketAddress published = loopback(8053);
    try (Reservation udp = publish("[::1]:8053:7053/udp");
        DatagramSocket container = datagrams("127.0.0.1", 7053);
        DatagramSocket client = datagrams("::1", 0)) {
      send(client, "x".repeat(length), published);
      DatagramPacket asked = receive(container);
      assertEquals(length, asked.getLength());
      send(container, "y".repeat(length), (InetSocketAddress) asked.getSocketAddress());
      assertEquals(length, receive(client).getLength());
      assertEquals(1, udp.bindings().size());
    }
  }

  @Test
  void aContainerThatDoesNotListenYetIsReachedLater() throws IOException {
    InetSocketAddress published = loopback(8053);
    try (Reservation udp = publish("[::1]:8053:7053/udp");
        DatagramSocket client = datagrams("::1", 0)) {
      for (int i = 0; i < 5; i++) {
        send(client, "lost", published); // the kernel tells the relay that nobody is there
      }
      try (DatagramSocket container = datagrams("127.0.0.1", 7053)) {
        String heard = "lost";
        while (heard.equals("lost")) {
          send(client, "found", published); // one of them may meet the error of another
          heard = text(receive(container));
        }
        assertEquals("found", heard);
      }
      assertEquals(1, udp.bindings().size());
    }
  }
}
