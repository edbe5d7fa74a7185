package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.PollCalls;
import io.jdocker.network.poll.PollLoop;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;

/**
 * A client and the container it talks to. Each direction has a buffer; a side is read only while
 * its buffer is empty, so that a slow reader slows its writer down. The end of one direction is
 * passed on and the other goes on (half-close). On the relay's thread only.
 */
final class TcpConnection {
  private static final int BUFFER = 32768;

  private final Kernel kernel;
  private final PollLoop relay;
  private final NativeArena memory = new NativeArena();
  private final Consumer<TcpConnection> ended;
  private final Side client;
  private final Side server;
  private boolean closed;

  /** One end, with what was read from it and not yet written to the other. */
  private final class Side {
    private final Fd fd;
    private final long buffer = memory.allocate(BUFFER);
    private long key;
    private int mask;
    private int start;
    private int end;
    private boolean finished;

    Side(Fd fd) {
      this.fd = fd;
    }

    boolean isEmpty() {
      return start == end;
    }
  }

  TcpConnection(
      Kernel kernel, PollLoop relay, Fd clientFd, Fd serverFd, Consumer<TcpConnection> ended) {
    this.kernel = kernel;
    this.relay = relay;
    this.ended = ended;
    this.client = new Side(clientFd);
    this.server = new Side(serverFd);
    // The server is writable once it is connected; nothing is read from the client before.
    client.key = relay.watch(clientFd, 0, m -> ready(m));
    server.mask = PollCalls.EPOLLOUT;
    server.key = relay.watch(serverFd, server.mask, m -> ready(m));
  }

  private void ready(int mask) {
    if ((mask & PollCalls.EPOLLERR) != 0 || !carry(client, server) || !carry(server, client)) {
      close();
      return;
    }
    if (client.finished && server.finished) {
      close();
      return;
    }
    await(client, server);
    await(server, client);
  }

  /** Moves what can be moved; false when the connection has failed. */
  private boolean carry(Side from, Side to) {
    while (true) {
      if (from.isEmpty()) {
        if (from.finished) {
          return true;
        }
        long count = kernel.files().read(from.fd.number(), from.buffer, BUFFER);
        if (Kernel.failedWith(count, Errno.EAGAIN) || Kernel.failedWith(count, Errno.ENOTCONN)) {
          return true;
        }
        if (count < 0) {
          return false;
        }
        from.start = 0;
        from.end = (int) count;
        if (count == 0) {
          from.finished = true;
          kernel.sockets().shutdownSending(to.fd);
          return true;
        }
      }
      long count =
          kernel.files().write(to.fd.number(), from.buffer + from.start, from.end - from.start);
      if (Kernel.failedWith(count, Errno.EAGAIN)) {
        return true;
      }
      if (count < 0) {
        return false;
      }
      from.start += (int) count;
    }
  }

  private void await(Side side, Side other) {
    int wanted = side.isEmpty() && !side.finished ? PollCalls.EPOLLIN : 0;
    wanted |= other.isEmpty() ? 0 : PollCalls.EPOLLOUT;
    if (wanted != side.mask) {
      side.mask = wanted;
      relay.change(side.fd, wanted, side.key);
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      relay.forget(client.fd, client.key);
      relay.forget(server.fd, server.key);
      memory.close();
      ended.accept(this);
    }
  }
}
