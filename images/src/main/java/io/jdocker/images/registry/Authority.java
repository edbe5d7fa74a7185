package io.jdocker.images.registry;

import io.jdocker.linux.failure.InvalidArgument;
import java.net.URI;
import java.util.Locale;

/**
 * Host and port of a registry, as in an image's name.
 *
 * @param host a name or an address, without brackets
 * @param port -1 for the scheme's own
 */
record Authority(String host, int port) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int MAX_PORT = 65535;

  /**
   * Reads {@code host[:port]}, {@code [::1]:5000}.
   *
   * @throws InvalidArgument when what stands for the port cannot be one
   */
  static Authority parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > text.lastIndexOf(']');
    String host = hasPort ? text.substring(0, colon) : text;
    int port = hasPort ? port(text, colon + 1) : -1;
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new Authority(bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  private static int port(String text, int from) {
    // An image's name may have any number of digits there.
    boolean digits = text.substring(from).matches("[0-9]{1,9}");
    int port = digits ? Integer.parseInt(text.substring(from)) : 0;
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidArgument(
          "invalid registry address \"" + text + "\": the port is no number from 1 to " + MAX_PORT);
    }
    return port;
  }

  /** Where a request to that address goes; the port is always a number, so that equal is same. */
  static Authority of(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    int usual = "http".equalsIgnoreCase(uri.getScheme()) ? HTTP : HTTPS;
    return new Authority(
        bracketed ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? usual : uri.getPort());
  }

  /** On this machine, as written: no name server is asked, and could lie. */
  boolean isLoopback() {
    return host.equals("localhost")
        || host.equals("::1")
        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }

  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port < 0 ? shown : shown + ":" + port;
  }
}
