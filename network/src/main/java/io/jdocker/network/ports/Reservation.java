package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Protocol;
import java.util.List;

/** The ports of the host that one container has. */
public final class Reservation implements AutoCloseable {
  private final PortAllocator allocator;
  private final Kernel kernel;
  private final List<ReservedPort> ports;

  Reservation(PortAllocator allocator, Kernel kernel, List<ReservedPort> ports) {
    this.allocator = allocator;
    this.kernel = kernel;
    this.ports = List.copyOf(ports);
  }

  public List<PortBinding> bindings() {
    return ports.stream().map(ReservedPort::binding).toList();
  }

  /**
   * Makes the ports visible as taken, and untakeable: a socket that only is bound could be joined
   * by another with SO_REUSEADDR. Done after the rules stand, as no connection reaches these
   * sockets then; before, a client would be accepted by the kernel and never answered.
   */
  public void listen() {
    for (ReservedPort port : ports) {
      if (port.binding().container().protocol() != Protocol.UDP && !port.binding().isIpv6()) {
        port.socket().ifPresent(s -> listen(port.binding(), s));
      }
    }
  }

  private void listen(PortBinding binding, Fd socket) {
    try {
      kernel.sockets().listen(socket, 1);
    } catch (SyscallException e) {
      throw PortAllocator.refused(binding, e);
    }
  }

  @Override
  public void close() {
    ports.forEach(allocator::release);
  }
}
