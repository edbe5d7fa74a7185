package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.network.Ip;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Protocol;
import java.util.ArrayList;
import java.util.List;

/** The ports of the host that one container has. Not thread-safe. */
public final class Reservation implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final PortAllocator allocator;
  private final Kernel kernel;
  private final Relay relay;
  private final List<ReservedPort> ports;
  private boolean closed;
  private final List<Fd> relayed = new ArrayList<>();

  Reservation(PortAllocator allocator, Kernel kernel, Relay relay, List<ReservedPort> ports) {
    this.allocator = allocator;
    this.kernel = kernel;
    this.relay = relay;
    this.ports = List.copyOf(ports);
  }

  public List<PortBinding> bindings() {
    return ports.stream().map(ReservedPort::binding).toList();
  }

  /**
   * Opens the ports, after the rules stand. For IPv4 that makes them visible as taken, and
   * untakeable: a socket that only is bound could be joined by another with SO_REUSEADDR. No
   * connection reaches it, as the rules translate it first; before, a client would be accepted by
   * the kernel and never answered. The relay serves whatever comes by IPv6 in spite of the rules:
   * from the host's own ::1, or all of it where the container has no IPv6.
   */
  public void open(Ip container) {
    for (ReservedPort port : ports) {
      if (port.socket().isEmpty()) {
        continue;
      }
      Fd socket = port.socket().get();
      boolean tcp = port.binding().container().protocol() != Protocol.UDP;
      if (tcp) {
        listen(port.binding(), socket);
      }
      if (port.binding().isIpv6()) {
        relay.serve(socket, port.binding(), container);
        relayed.add(socket);
      }
    }
  }

  private void listen(PortBinding binding, Fd socket) {
    try {
      kernel.sockets().listen(socket, binding.isIpv6() ? BACKLOG : 1);
    } catch (SyscallException e) {
      throw PortAllocator.refused(binding, e);
    }
  }

  /** Gives the ports back, once: a second call must not take them from whoever has them then. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    relayed.forEach(relay::end);
    relayed.clear();
    ports.forEach(allocator::release);
  }
}
