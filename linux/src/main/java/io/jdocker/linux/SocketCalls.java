package io.jdocker.linux;

import java.util.Optional;
import jnr.constants.platform.Errno;

/** Calls on sockets, as much as netlink(7) and port reservation need. */
public final class SocketCalls {
  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;
  public static final int AF_NETLINK = 16;
  public static final int SOCK_STREAM = 1;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_RAW = 3;
  public static final int SOCK_CLOEXEC = 02000000;
  public static final int SOL_SOCKET = 1;
  public static final int SO_REUSEADDR = 2;

  public static final int SOCK_NONBLOCK = 04000;

  private static final int SO_RCVTIMEO = 20;
  private static final int SHUT_WR = 1;

  private final Kernel kernel;

  SocketCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /** socket(2) with SOCK_CLOEXEC, in the calling thread's network namespace. */
  public Fd socket(int family, int type, int protocol) {
    long fd =
        kernel.call(
            () -> family + ", " + type + ", " + protocol,
            Sys.SOCKET,
            family,
            type | SOCK_CLOEXEC,
            protocol);
    return Fd.opened(kernel, fd);
  }

  /** bind(2) to a sockaddr given as its bytes. */
  public void bind(Fd socket, byte[] address) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          socket::toString, Sys.BIND, socket.number(), arena.bytes(address), address.length);
    }
  }

  public void listen(Fd socket, int backlog) {
    kernel.call(socket::toString, Sys.LISTEN, socket.number(), backlog);
  }

  /** setsockopt(2) with an int value. */
  public void setOption(Fd socket, int level, int option, int value) {
    try (NativeArena arena = new NativeArena()) {
      long operand = arena.allocate(4);
      NativeArena.putInt(operand, value);
      kernel.call(
          () -> socket + ", " + level + ", " + option + ", " + value,
          Sys.SETSOCKOPT,
          socket.number(),
          level,
          option,
          operand,
          4);
    }
  }

  /** SO_RCVTIMEO: after that time without data a read fails with EAGAIN. */
  public void setReceiveTimeout(Fd socket, int millis) {
    try (NativeArena arena = new NativeArena()) {
      long timeval = arena.allocate(16);
      NativeArena.putLong(timeval, millis / 1000);
      NativeArena.putLong(timeval + 8, millis % 1000 * 1000L);
      kernel.call(
          () -> socket + ", SO_RCVTIMEO",
          Sys.SETSOCKOPT,
          socket.number(),
          SOL_SOCKET,
          SO_RCVTIMEO,
          timeval,
          16);
    }
  }

  public void send(Fd socket, byte[] message) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> socket + ", " + message.length + " bytes",
          Sys.SENDTO,
          socket.number(),
          arena.bytes(message),
          message.length);
    }
  }

  /** recvfrom(2): one datagram of at most {@code limit} bytes. */
  public byte[] receive(Fd socket, int limit) {
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(limit);
      long length = kernel.call(socket::toString, Sys.RECVFROM, socket.number(), buffer, limit);
      return NativeArena.getBytes(buffer, (int) length);
    }
  }

  /** recvfrom(2) into native memory; the number of bytes received. */
  public int receive(Fd socket, long buffer, int limit) {
    return (int) kernel.call(socket::toString, Sys.RECVFROM, socket.number(), buffer, limit);
  }

  /**
   * connect(2) to a sockaddr given as its bytes; false when a non-blocking socket is on its way.
   */
  public boolean connect(Fd socket, byte[] address) {
    try (NativeArena arena = new NativeArena()) {
      long result =
          kernel.attempt(Sys.CONNECT, socket.number(), arena.bytes(address), address.length);
      if (result < 0 && !Kernel.failedWith(result, Errno.EINPROGRESS)) {
        throw new SyscallException("connect(" + socket + ")", (int) -result);
      }
      return result == 0;
    }
  }

  /** accept4(2) with SOCK_NONBLOCK; empty when nobody waits. */
  public Optional<Fd> accept(Fd listener) {
    long result =
        kernel.attempt(Sys.ACCEPT4, listener.number(), 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (Kernel.failedWith(result, Errno.EAGAIN) || Kernel.failedWith(result, Errno.ECONNABORTED)) {
      return Optional.empty();
    }
    if (result < 0) {
      throw new SyscallException("accept4(" + listener + ")", (int) -result);
    }
    return Optional.of(Fd.opened(kernel, result));
  }

  /** shutdown(2) of the sending side; a peer that is gone already is no error. */
  public void shutdownSending(Fd socket) {
    kernel.attempt(Sys.SHUTDOWN, socket.number(), SHUT_WR);
  }

  /**
   * recvfrom(2) with the sender's address.
   *
   * @param address room for {@code addressSize} bytes
   * @return the length, or -errno
   */
  public long receiveFrom(Fd socket, long buffer, int limit, long address, int addressSize) {
    try (NativeArena arena = new NativeArena()) {
      long size = arena.allocate(4);
      NativeArena.putInt(size, addressSize);
      return kernel.attempt(Sys.RECVFROM, socket.number(), buffer, limit, 0, address, size);
    }
  }

  /** sendto(2); the length sent, or -errno. */
  public long sendTo(Fd socket, long buffer, int length, byte[] address) {
    try (NativeArena arena = new NativeArena()) {
      return kernel.attempt(
          Sys.SENDTO, socket.number(), buffer, length, 0, arena.bytes(address), address.length);
    }
  }
}
