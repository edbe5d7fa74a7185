package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.network.poll.PollLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A TCP port that the relay serves. On the relay's thread only. */
final class TcpListener implements Relay.Listener {
  private final Kernel kernel;
  private final PollLoop relay;
  private final Fd socket;
  private final byte[] target;
  private final long key;
  private final Set<TcpConnection> connections = new LinkedHashSet<>();

  TcpListener(Kernel kernel, PollLoop relay, Fd socket, byte[] target) {
    this.kernel = kernel;
    this.relay = relay;
    this.socket = socket;
    this.target = target.clone();
    key = relay.watch(socket, PollCalls.EPOLLIN, mask -> accept());
  }

  /** One client an event: the next one makes the socket ready again. */
  private void accept() {
    Optional<Fd> accepted;
    try {
      accepted = kernel.sockets().accept(socket);
    } catch (SyscallException outOfDescriptors) {
      return; // the client waits in the backlog until there are some again
    }
    accepted.ifPresent(this::connect);
  }

  private void connect(Fd client) {
    Fd server;
    try {
      server =
          kernel
              .sockets()
              .socket(
                  SocketAddresses.familyOf(target),
                  SocketCalls.SOCK_STREAM | SocketCalls.SOCK_NONBLOCK,
                  0);
    } catch (SyscallException outOfDescriptors) {
      client.close();
      return;
    }
    try {
      kernel.sockets().connect(server, target);
      connections.add(new TcpConnection(kernel, relay, client, server, connections::remove));
    } catch (SyscallException unreachable) {
      client.close();
      server.close();
    }
  }

  @Override
  public void close() {
    relay.release(socket, key);
    List.copyOf(connections).forEach(TcpConnection::close);
  }
}
