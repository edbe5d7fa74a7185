package io.jdocker.cli.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;

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
  Connection connect() throws IOException {
    if (url.startsWith(TCP)) {
      return new Connection(ChannelTransport.connect(tcpAddress()));
    }
    String path = url.substring(UNIX.length());
    Optional<ByteTransport> fast = NativeTransport.connect(path);
    return new Connection(
        fast.isPresent() ? fast.get() : ChannelTransport.connect(UnixDomainSocketAddress.of(path)));
  }

  private InetSocketAddress tcpAddress() {
    String hostPort = url.substring(TCP.length());
    int colon = hostPort.lastIndexOf(':');
    return colon < 0
        ? new InetSocketAddress(hostPort, DEFAULT_TCP_PORT)
        : new InetSocketAddress(
            hostPort.substring(0, colon), Integer.parseInt(hostPort.substring(colon + 1)));
  }
}
