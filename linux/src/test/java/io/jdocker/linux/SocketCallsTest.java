package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets on the loopback. */
final class SocketCallsTest {
  private static final int SOCKADDR_IN = 16;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_TYPE = 3;

  private final Kernel kernel = Kernel.load();
  private final SocketCalls sockets = kernel.sockets();
  private final List<Fd> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Fd::close);
  }

  private Fd own(Fd fd) {
    open.add(fd);
    return fd;
  }

  private Fd stream(int flags) {
    return own(sockets.socket(SocketCalls.AF_INET, SocketCalls.SOCK_STREAM | flags, 0));
  }

  private Fd datagram() {
    return own(sockets.socket(SocketCalls.AF_INET, SocketCalls.SOCK_DGRAM, 0));
  }

  /** struct sockaddr_in of the loopback; the port in network order, the family in the host's. */
  private static byte[] loopback(int port) {
    return ByteBuffer.allocate(SOCKADDR_IN)
        .order(ByteOrder.nativeOrder())
        .putShort((short) SocketCalls.AF_INET)
        .order(ByteOrder.BIG_ENDIAN)
        .putShort((short) port)
        .put(new byte[] {127, 0, 0, 1})
        .array();
  }

  /** The port that the kernel chose. */
  private int port(Fd socket) {
    try (NativeArena arena = new NativeArena()) {
      long address = arena.allocate(SOCKADDR_IN);
      long size = arena.allocate(4);
      NativeArena.putInt(size, SOCKADDR_IN);
      kernel.call(socket::toString, Sys.GETSOCKNAME, socket.number(), address, size);
      return Short.toUnsignedInt(Short.reverseBytes(NativeArena.getShort(address + 2)));
    }
  }

  private Fd listener() {
    Fd listener = stream(SocketCalls.SOCK_NONBLOCK);
    sockets.bind(listener, loopback(0));
    sockets.listen(listener, 5);
    return listener;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aStreamCarriesBytesBothWaysAndEndsEachWayByItself() {
    Fd listener = listener();
    Fd client = stream(0);
    assertTrue(sockets.connect(client, loopback(port(listener))));
    Fd server = own(sockets.accept(listener).orElseThrow());
    sockets.send(client, bytes("question"));
    assertEquals("question", new String(sockets.receive(server, 100), StandardCharsets.UTF_8));
    sockets.shutdownSending(client);
    assertEquals(0, sockets.receive(server, 100).length, "the end of what the client sends");
    sockets.send(server, bytes("answer"));
    assertEquals("answer", new String(sockets.receive(client, 100), StandardCharsets.UTF_8));
  }

  @Test
  void nobodyWaitsAtANewListener() {
    assertEquals(Optional.empty(), sockets.accept(listener()));
  }

  @Test
  void whatDoesNotListenCannotAccept() {
    Fd socket = stream(SocketCalls.SOCK_NONBLOCK);
    SyscallException e = assertThrows(SyscallException.class, () -> sockets.accept(socket));
    assertEquals("accept4(" + socket + "): EINVAL (Invalid argument)", e.getMessage());
  }

  @Test
  void aPortWithoutAListenerRefuses() {
    Fd bound = stream(0);
    sockets.bind(bound, loopback(0));
    byte[] address = loopback(port(bound));
    Fd client = stream(0);
    SyscallException e =
        assertThrows(SyscallException.class, () -> sockets.connect(client, address));
    assertEquals("connect(" + client + "): ECONNREFUSED (Connection refused)", e.getMessage());
  }

  @Test
  void aNonBlockingConnectIsOnItsWay() {
    Fd listener = listener();
    Fd client = stream(SocketCalls.SOCK_NONBLOCK);
    assertFalse(sockets.connect(client, loopback(port(listener))));
    Fd server = own(sockets.accept(listener).orElseThrow());
    sockets.send(server, bytes("x"));
  }

  @Test
  void aPortIsOnePartys() {
    Fd listener = listener();
    Fd second = stream(0);
    SyscallException e =
        assertThrows(SyscallException.class, () -> sockets.bind(second, loopback(port(listener))));
    assertEquals("bind(" + second + "): EADDRINUSE (Address already in use)", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "2, 99, 0, EINVAL", // no such type
    "99, 1, 0, EAFNOSUPPORT",
    "2, 2, 6, EPROTONOSUPPORT" // a datagram socket of TCP
  })
  void aSocketThatThereIsNotIsRefused(int family, int type, int protocol, Errno errno) {
    SyscallException e =
        assertThrows(SyscallException.class, () -> sockets.socket(family, type, protocol));
    assertTrue(e.is(errno), e.getMessage());
    assertEquals("socket(" + family + ", " + type + ", " + protocol + ")", e.call());
  }

  @Test
  void aDatagramTellsItsSender() {
    Fd receiver = datagram();
    sockets.bind(receiver, loopback(0));
    Fd sender = datagram();
    sockets.bind(sender, loopback(0));
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.bytes(bytes("hello"));
      assertEquals(5, sockets.sendTo(sender, buffer, 5, loopback(port(receiver))));
      long room = arena.allocate(100);
      long address = arena.allocate(SOCKADDR_IN);
      assertEquals(5, sockets.receiveFrom(receiver, room, 100, address, SOCKADDR_IN));
      assertArrayEquals(bytes("hello"), NativeArena.getBytes(room, 5));
      assertArrayEquals(loopback(port(sender)), NativeArena.getBytes(address, SOCKADDR_IN));
    }
  }

  @Test
  void aDatagramLongerThanTheRoomIsCut() {
    Fd receiver = datagram();
    sockets.bind(receiver, loopback(0));
    Fd sender = datagram();
    sockets.connect(sender, loopback(port(receiver)));
    sockets.send(sender, bytes("hello world"));
    sockets.send(sender, bytes("next"));
    assertEquals("hello", new String(sockets.receive(receiver, 5), StandardCharsets.UTF_8));
    assertEquals("next", new String(sockets.receive(receiver, 100), StandardCharsets.UTF_8));
  }

  @Test
  void aReceiveThatWaitedLongEnoughSaysSo() {
    Fd receiver = datagram();
    sockets.bind(receiver, loopback(0));
    sockets.setReceiveTimeout(receiver, 1);
    SyscallException e = assertThrows(SyscallException.class, () -> sockets.receive(receiver, 10));
    assertTrue(e.is(Errno.EAGAIN), e.getMessage());
    try (NativeArena arena = new NativeArena()) {
      long room = arena.allocate(SOCKADDR_IN);
      assertEquals(
          -Errno.EAGAIN.intValue(),
          sockets.receiveFrom(receiver, room, 8, arena.allocate(SOCKADDR_IN), SOCKADDR_IN));
    }
  }

  @Test
  void anOptionIsSetAndOneThatCannotBeIsRefusedByItsNumbers() {
    Fd socket = stream(0);
    sockets.setOption(socket, SocketCalls.SOL_SOCKET, SO_REUSEADDR, 1);
    SyscallException e =
        assertThrows(
            SyscallException.class,
            () -> sockets.setOption(socket, SocketCalls.SOL_SOCKET, SO_TYPE, 1));
    assertEquals(
        "setsockopt(" + socket + ", 1, 3, 1): ENOPROTOOPT (Protocol not available)",
        e.getMessage());
  }

  @Test
  void shuttingDownWhatIsNotConnectedIsNoError() {
    sockets.shutdownSending(stream(0));
  }

  @Test
  void aSendToAPeerThatHasGoneIsAnErrorAndNoSignal() {
    Fd listener = listener();
    Fd client = stream(0);
    sockets.connect(client, loopback(port(listener)));
    Fd server = own(sockets.accept(listener).orElseThrow());
    server.close();
    assertEquals(0, sockets.receive(client, 10).length);
    SyscallException e =
        assertThrows(
            SyscallException.class,
            () -> {
              while (true) {
                sockets.send(client, bytes("x"));
              }
            });
    assertTrue(e.is(Errno.EPIPE) || e.is(Errno.ECONNRESET), e.getMessage());
  }
}
