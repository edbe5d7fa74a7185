package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.network.PortBinding;
import java.util.Optional;

/**
 * A port of the host that the engine holds.
 *
 * @param socket bound to it, so that nobody else can; empty where the kernel lacks the protocol
 */
record ReservedPort(PortBinding binding, Optional<Fd> socket) implements AutoCloseable {
  @Override
  public void close() {
    socket.ifPresent(Fd::close);
  }
}
