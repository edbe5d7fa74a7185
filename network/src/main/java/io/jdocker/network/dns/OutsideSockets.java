package io.jdocker.network.dns;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SocketCalls;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.network.ports.SocketAddresses;
import java.nio.file.Path;

/**
 * Sockets to the name servers of one container: opened in its namespace, so that what the container
 * may reach decides, or in the host's for a server on the host's loopback. The namespace is opened
 * for each, as to hold it open would cost a descriptor a container.
 */
final class OutsideSockets {
  private static final int PORT = 53;

  private final Kernel kernel;
  private final Path namespace;

  OutsideSockets(Kernel kernel, Path namespace) {
    this.kernel = kernel;
    this.namespace = namespace;
  }

  /** A socket that is connected to the server, or about to be. */
  Fd connect(Upstreams.Server server, boolean stream) {
    byte[] address = SocketAddresses.encode(server.address(), PORT);
    if (server.byHost()) {
      return open(address, stream);
    }
    try (Fd fd = kernel.files().open(namespace.toString(), OpenFlags.O_RDONLY, 0)) {
      return new NamespaceThread(kernel).within(fd, () -> open(address, stream));
    }
  }

  private Fd open(byte[] address, boolean stream) {
    SocketCalls sockets = kernel.sockets();
    int family = address.length == 16 ? SocketCalls.AF_INET : SocketCalls.AF_INET6;
    int type = stream ? SocketCalls.SOCK_STREAM : SocketCalls.SOCK_DGRAM;
    Fd socket = sockets.socket(family, type | SocketCalls.SOCK_NONBLOCK, 0);
    try {
      sockets.connect(socket, address);
      return socket;
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
