package io.jdocker.images.registry;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Proxies as the environment names them, in curl's and Go's way; the JDK does not look there. */
final class Proxies extends ProxySelector {
  private static final int HTTP_PORT = 80;

  private final Optional<URI> http;
  private final Optional<URI> https;
  private final List<String> exceptions;

  Proxies(Map<String, String> environment) {
    this.http = address(environment, "http_proxy");
    this.https = address(environment, "https_proxy");
    this.exceptions =
        variable(environment, "no_proxy")
            .map(text -> List.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)))
            .orElse(List.of());
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name, "");
    String value =
        lower.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
    return Optional.of(value.strip()).filter(text -> !text.isEmpty());
  }

  private static Optional<URI> address(Map<String, String> environment, String name) {
    return variable(environment, name)
        .map(text -> text.contains("://") ? text : "http://" + text)
        .map(
            text -> {
              try {
                return URI.create(text);
              } catch (IllegalArgumentException e) {
                throw new InvalidArgument(
                    name + " is no address of a proxy, like http://proxy:3128", e);
              }
            })
        .filter(uri -> uri.getHost() != null);
  }

  /** The proxy for an address; empty to go there directly. */
  Optional<URI> of(URI uri) {
    Authority authority = Authority.of(uri);
    boolean direct =
        authority.isLoopback() || exceptions.stream().anyMatch(e -> fits(e, authority));
    return direct ? Optional.empty() : "https".equals(uri.getScheme()) ? https : http;
  }

  /** {@code *}, {@code example.com} with all below it, {@code .example.com}, a port after it. */
  private static boolean fits(String exception, Authority authority) {
    if (exception.isEmpty()) {
      return false;
    }
    if (exception.equals("*")) {
      return true;
    }
    Authority wanted;
    try {
      wanted = Authority.parse(exception.startsWith(".") ? exception.substring(1) : exception);
    } catch (InvalidArgument e) {
      // Such as fd00::/8: other programs read the variable, too, and know more forms.
      return false;
    }
    boolean port = wanted.port() < 0 || wanted.port() == authority.port();
    return port
        && (authority.host().equals(wanted.host())
            || authority.host().endsWith("." + wanted.host()));
  }

  @Override
  public List<Proxy> select(URI uri) {
    return of(uri)
        .map(
            proxy ->
                new Proxy(
                    Proxy.Type.HTTP,
                    new InetSocketAddress(
                        proxy.getHost(), proxy.getPort() < 0 ? HTTP_PORT : proxy.getPort())))
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException reason) {
    // The request itself fails, and tells.
  }

  /**
   * What to send to the proxy as {@code Proxy-Authorization}, from the name and password in its
   * address. The JDK keeps the field from whoever is behind the proxy; for tunnels it sends it only
   * when {@code jdk.http.auth.tunneling.disabledSchemes} does not name Basic.
   */
  Optional<String> authorization(URI uri) {
    return of(uri)
        .map(URI::getUserInfo)
        .filter(user -> !user.isEmpty())
        .map(
            user ->
                "Basic "
                    + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }
}
