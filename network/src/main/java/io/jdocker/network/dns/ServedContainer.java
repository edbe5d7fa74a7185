package io.jdocker.network.dns;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.network.ports.SocketAddresses;
import java.nio.file.Path;

/**
 * What the name server has of one container: two sockets inside its namespace, bound to a port of
 * 127.0.0.11 that rules there lead port 53 to. Port 53 itself stays free, as a container may well
 * be a name server. Thread-safe.
 */
public final class ServedContainer implements AutoCloseable {
  /** Where resolv.conf of the container sends it, as Docker's containers are. */
  public static final String ADDRESS = "127.0.0.11";

  private static final int BACKLOG = 32;

  private final Path namespace;
  private final Fd udp;
  private final Fd tcp;
  private final Names names;
  private volatile Upstreams upstreams;

  private ServedContainer(Path namespace, Fd udp, Fd tcp, Names names, Upstreams upstreams) {
    this.namespace = namespace;
    this.udp = udp;
    this.tcp = tcp;
    this.names = names;
    this.upstreams = upstreams;
  }

  /**
   * Opens the sockets.
   *
   * @param namespace a file that stands for the container's network namespace
   * @throws io.jdocker.linux.SyscallException EADDRINUSE when the container uses that port itself
   */
  public static ServedContainer open(
      Kernel kernel, Path namespace, int port, Names names, Upstreams upstreams) {
    byte[] address = SocketAddresses.encode(ADDRESS, port);
    try (Fd fd = kernel.files().open(namespace.toString(), OpenFlags.O_RDONLY, 0)) {
      return new NamespaceThread(kernel)
          .within(
              fd,
              () -> {
                Fd udp = bound(kernel.sockets(), SocketCalls.SOCK_DGRAM, address);
                try {
                  Fd tcp = listening(kernel.sockets(), address);
                  return new ServedContainer(namespace, udp, tcp, names, upstreams);
                } catch (RuntimeException e) {
                  udp.close();
                  throw e;
                }
              });
    }
  }

  private static Fd listening(SocketCalls sockets, byte[] address) {
    Fd socket = bound(sockets, SocketCalls.SOCK_STREAM, address);
    try {
      sockets.listen(socket, BACKLOG);
      return socket;
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Fd bound(SocketCalls sockets, int type, byte[] address) {
    Fd socket = sockets.socket(SocketCalls.AF_INET, type | SocketCalls.SOCK_NONBLOCK, 0);
    try {
      if (type == SocketCalls.SOCK_STREAM) {
        // After a restart of the engine connections of the last one are in TIME_WAIT.
        sockets.setOption(socket, SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 1);
      }
      sockets.bind(socket, address);
      return socket;
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  Path namespace() {
    return namespace;
  }

  Fd udp() {
    return udp;
  }

  Fd tcp() {
    return tcp;
  }

  Names names() {
    return names;
  }

  Upstreams upstreams() {
    return upstreams;
  }

  /** Questions that the engine cannot answer go there from now on. */
  public void upstreams(Upstreams changed) {
    upstreams = changed;
  }

  @Override
  public void close() {
    udp.close();
    tcp.close();
  }
}
