package io.jdocker.daemon.config;

import io.jdocker.linux.failure.InvalidArgument;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Where the API listens, as {@code -H} names it. */
public sealed interface ListenAddress {
  /** {@code unix:///run/x.sock}. */
  record Unix(Path path) implements ListenAddress {}

  /** {@code tcp://host:port}; without a host, every address of the machine. */
  record Tcp(InetSocketAddress address) implements ListenAddress {}

  /** {@code fd://}: the socket that systemd has made. */
  record Inherited() implements ListenAddress {}

  /**
   * Reads one.
   *
   * @param defaultPort of TCP: 2376 with TLS, 2375 without
   * @throws InvalidArgument in Docker's words
   */
  static ListenAddress parse(String text, int defaultPort) {
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    String rest = colon < 0 ? text : text.substring(colon + 3);
    return switch (scheme) {
      case "unix" -> {
        if (!rest.startsWith("/")) {
          throw invalid(text, "the path of a unix socket begins with /");
        }
        yield new Unix(Path.of(rest));
      }
      case "tcp" -> new Tcp(socketAddress(text, rest, defaultPort));
      case "fd" -> {
        if (!rest.isEmpty()) {
          throw invalid(text, "sockets of systemd are not told apart here: write fd://");
        }
        yield new Inherited();
      }
      default -> throw invalid(text, "use unix:///path, tcp://host:port or fd://");
    };
  }

  /** {@code host:port}, {@code :port}, {@code [::1]:port}, {@code host}. */
  static InetSocketAddress socketAddress(String whole, String text, int defaultPort) {
    int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    String digits = colon < 0 ? Integer.toString(defaultPort) : text.substring(colon + 1);
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535) {
      throw invalid(whole, "\"" + digits + "\" is no port");
    }
    int port = Integer.parseInt(digits);
    if (host.isEmpty()) {
      return new InetSocketAddress(port);
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw invalid(whole, "there is no host \"" + host + "\"");
    }
    return address;
  }

  private static InvalidArgument invalid(String text, String why) {
    return new InvalidArgument("invalid bind address (" + text + "): " + why);
  }
}
