package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.network.poll.PollLoop;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A UDP port that the relay serves. Each client has a socket of its own towards the container, by
 * which answers find their way back; it is closed when nothing came for 90 seconds, as Docker's
 * proxy does. On the relay's thread only.
 */
final class UdpListener implements Relay.Listener {
  private static final int DATAGRAM = 65536;
  private static final int ADDRESS = 28; // struct sockaddr_in6
  private static final long IDLE_NANOS = 90_000_000_000L;
  private static final int SWEEP_MILLIS = 30_000;
  private static final int CLIENTS = 512;

  private final Kernel kernel;
  private final PollLoop relay;
  private final Fd socket;
  private final byte[] target;
  private final NativeArena memory = new NativeArena();
  private final long buffer = memory.allocate(DATAGRAM);
  private final long sender = memory.allocate(ADDRESS);
  private final long key;
  private PollLoop.Timer sweeper;

  /** By client address, the one that was heard of longest ago first. */
  private final Map<ByteBuffer, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Client {
    private final Fd fd;
    private final byte[] address;
    private long key;
    private long lastUse = System.nanoTime();

    Client(Fd fd, byte[] address) {
      this.fd = fd;
      this.address = address;
    }
  }

  UdpListener(Kernel kernel, PollLoop relay, Fd socket, byte[] target) {
    this.kernel = kernel;
    this.relay = relay;
    this.socket = socket;
    this.target = target.clone();
    key = relay.watch(socket, PollCalls.EPOLLIN, mask -> receive());
  }

  private void receive() {
    long length = kernel.sockets().receiveFrom(socket, buffer, DATAGRAM, sender, ADDRESS);
    if (length < 0) {
      return; // an ICMP error of an earlier answer: that client has gone
    }
    byte[] address = NativeArena.getBytes(sender, ADDRESS);
    Client client = clients.get(ByteBuffer.wrap(address));
    if (client == null) {
      Optional<Client> made = open(address);
      if (made.isEmpty()) {
        return;
      }
      client = made.get();
    }
    client.lastUse = System.nanoTime();
    kernel.files().write(client.fd.number(), buffer, length);
  }

  private Optional<Client> open(byte[] address) {
    if (clients.size() >= CLIENTS) {
      drop(clients.values().iterator().next());
    }
    try {
      Fd fd =
          kernel
              .sockets()
              .socket(
                  SocketAddresses.familyOf(target),
                  SocketCalls.SOCK_DGRAM | SocketCalls.SOCK_NONBLOCK,
                  0);
      Client client = new Client(fd, address);
      kernel.sockets().connect(fd, target);
      client.key = relay.watch(fd, PollCalls.EPOLLIN, mask -> answer(client));
      if (clients.isEmpty()) {
        sweeper = relay.after(SWEEP_MILLIS, this::sweep);
      }
      clients.put(ByteBuffer.wrap(address), client);
      return Optional.of(client);
    } catch (SyscallException outOfDescriptors) {
      return Optional.empty(); // a datagram may get lost
    }
  }

  private void answer(Client client) {
    long length = kernel.files().read(client.fd.number(), buffer, DATAGRAM);
    if (length >= 0) {
      client.lastUse = System.nanoTime();
      kernel.sockets().sendTo(socket, buffer, (int) length, client.address);
    }
  }

  private void drop(Client client) {
    clients.remove(ByteBuffer.wrap(client.address));
    relay.forget(client.fd, client.key);
  }

  /** Gives back what is idle; goes on as long as there is anybody. */
  private void sweep() {
    long now = System.nanoTime();
    List.copyOf(clients.values()).stream()
        .filter(c -> now - c.lastUse > IDLE_NANOS)
        .forEach(this::drop);
    if (!clients.isEmpty()) {
      sweeper = relay.after(SWEEP_MILLIS, this::sweep);
    }
  }

  @Override
  public void close() {
    relay.release(socket, key);
    if (sweeper != null) {
      sweeper.cancel();
    }
    List.copyOf(clients.values()).forEach(this::drop);
    memory.close();
  }
}
