package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.network.Ip;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Protocol;
import io.jdocker.network.poll.PollLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Carries what arrives on a published port by IPv6 to the container, which has IPv4 alone:
 * netfilter cannot translate between the two, nor send what came to ::1 anywhere else. One thread
 * for all ports, started with the first and ended with the last. Thread-safe.
 */
public final class Relay implements AutoCloseable {
  /** One published port. On the loop's thread only. */
  interface Listener {
    /** Ends it; its socket stays open. */
    void close();
  }

  private final Kernel kernel;
  private PollLoop loop;

  /** The ports served, by their socket; touched by the loop's thread alone. */
  private final Map<Fd, Listener> listeners = new HashMap<>();

  private int ports;

  public Relay(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Serves a port from now on.
   *
   * @param socket bound to the port, non-blocking, and listening for TCP; it stays the caller's
   */
  synchronized void serve(Fd socket, PortBinding binding, Ip container) {
    if (ports == 0) {
      loop = new PollLoop(kernel);
      loop.start("ipv6-relay");
    }
    ports++; // not before there is a loop: without one the next port would be given to a dead one
    byte[] target = SocketAddresses.encode(container.toString(), binding.container().number());
    boolean udp = binding.container().protocol() == Protocol.UDP;
    PollLoop running = loop;
    running.submit(
        () ->
            listeners.put(
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
      PollLoop running = loop;
      boolean last = --ports == 0;
      running.submit(
          () -> {
            try {
              Optional.ofNullable(listeners.remove(socket)).ifPresent(Listener::close);
              if (last) {
                running.stop();
              }
            } finally {
              done.complete(null); // the caller waits, whatever happened
            }
          });
    }
    done.join();
  }

  /** Ends whatever is still served. */
  @Override
  public synchronized void close() {
    if (ports > 0) {
      ports = 0;
      PollLoop running = loop;
      running.submit(
          () -> {
            listeners.values().forEach(Listener::close);
            listeners.clear();
            running.stop();
          });
    }
  }
}
