package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.network.Ipv4;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Protocol;
import java.util.concurrent.CompletableFuture;

/**
 * Carries what arrives on a published port by IPv6 to the container, which has IPv4 alone:
 * netfilter cannot translate between the two, nor send what came to ::1 anywhere else. One thread
 * for all ports, started with the first and ended with the last. Thread-safe.
 */
public final class Relay implements AutoCloseable {
  private final Kernel kernel;
  private RelayLoop loop;
  private int ports;

  public Relay(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Serves a port from now on.
   *
   * @param socket bound to the port, non-blocking, and listening for TCP; it stays the caller's
   */
  synchronized void serve(Fd socket, PortBinding binding, Ipv4 container) {
    if (ports++ == 0) {
      loop = new RelayLoop(kernel);
      Thread thread = new Thread(loop, "ipv6-relay");
      thread.setDaemon(true);
      thread.start();
    }
    byte[] target = SocketAddresses.encode(container.toString(), binding.container().number());
    boolean udp = binding.container().protocol() == Protocol.UDP;
    RelayLoop running = loop;
    running.submit(
        () ->
            running.add(
                socket,
                udp
                    ? new UdpListener(kernel, running, socket, target)
                    : new TcpListener(kernel, running, socket, target)));
  }

  /** Serves a port no more; returns once its socket is let go of. */
  void end(Fd socket) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      if (ports == 0) {
        return;
      }
      RelayLoop running = loop;
      boolean last = --ports == 0;
      running.submit(
          () -> {
            running.remove(socket);
            if (last) {
              running.stop();
            }
            done.complete(null);
          });
    }
    done.join();
  }

  /** Ends whatever is still served. */
  @Override
  public synchronized void close() {
    if (ports > 0) {
      ports = 0;
      loop.submit(loop::stop);
    }
  }
}
