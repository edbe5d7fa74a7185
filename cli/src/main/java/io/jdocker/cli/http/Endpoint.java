package io.jdocker.cli.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Where an engine listens.
 *
 * @param tls how TCP is made safe; of no meaning to a unix socket
 */
public record Endpoint(String url, ClientTls tls) {
  private static final String UNIX = "unix://";
  private static final String TCP = "tcp://";
  private static final int PLAIN_PORT = 2375;
  private static final int TLS_PORT = 2376;

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

  /** Without TLS. */
  public Endpoint(String url) {
    this(url, ClientTls.of(Map.of()));
  }

  /** Opens a connection. */
  Connection connect() throws IOException {
    if (url.startsWith(TCP)) {
      return new Connection(
          tls.enabled()
              ? TlsTransport.connect(tcpAddress(), tls)
              : ChannelTransport.connect(tcpAddress()));
    }
    String path = url.substring(UNIX.length());
    Optional<ByteTransport> fast = NativeTransport.connect(path);
    return new Connection(
        fast.isPresent() ? fast.get() : ChannelTransport.connect(UnixDomainSocketAddress.of(path)));
  }

  private InetSocketAddress tcpAddress() {
    String hostPort = url.substring(TCP.length());
    int colon = hostPort.endsWith("]") ? -1 : hostPort.lastIndexOf(':');
    String digits = colon < 0 ? "" : hostPort.substring(colon + 1);
    if (colon >= 0 && (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535)) {
      throw new IllegalArgumentException(
          "unable to parse docker host `" + url + "`: \"" + digits + "\" is no port");
    }
    return colon < 0
        ? new InetSocketAddress(hostPort, tls.enabled() ? TLS_PORT : PLAIN_PORT)
        : new InetSocketAddress(hostPort.substring(0, colon), Integer.parseInt(digits));
  }
}
