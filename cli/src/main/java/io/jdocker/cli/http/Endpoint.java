package io.jdocker.cli.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** Where an engine listens. */
public record Endpoint(String url) {
  private static final String UNIX = "unix://";
  private static final String TCP = "tcp://";
  private static final int DEFAULT_TCP_PORT = 2375;

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException when the scheme is neither unix nor tcp
   */
  public Endpoint {
    if (!url.startsWith(UNIX) && !url.startsWith(TCP)) {
      throw new IllegalArgumentException(
          "unable to parse docker host `" + url + "`: use unix:///path or tcp://host:port");
    }
  }

  /** Opens a connection. */
  SocketChannel connect() throws IOException {
    return SocketChannel.open(address());
  }

  private SocketAddress address() {
    if (url.startsWith(UNIX)) {
      return UnixDomainSocketAddress.of(url.substring(UNIX.length()));
    }
    String hostPort = url.substring(TCP.length());
    int colon = hostPort.lastIndexOf(':');
    return colon < 0
        ? new InetSocketAddress(hostPort, DEFAULT_TCP_PORT)
        : new InetSocketAddress(
            hostPort.substring(0, colon), Integer.parseInt(hostPort.substring(colon + 1)));
  }
}
