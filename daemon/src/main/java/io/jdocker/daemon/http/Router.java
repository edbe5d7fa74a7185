package io.jdocker.daemon.http;

import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the handler of a method and path. A pattern is a literal path, or has one parameter: {@code
 * /containers/{id}/json}, where the parameter is one segment, or {@code /images/{name...}/push},
 * where it may have slashes, as image names do. Literal paths win, then patterns in the order they
 * were added. A wrong method is 404 as an unknown path is; Docker never answers 405.
 */
public final class Router {
  private record Pattern(
      String method, String prefix, String suffix, boolean slashes, Handler handler) {
    Optional<String> match(String requested, String path) {
      int length = path.length() - prefix.length() - suffix.length();
      if (length < 1
          || !requested.equals(method)
          || !path.startsWith(prefix)
          || !path.endsWith(suffix)) {
        return Optional.empty();
      }
      String parameter = path.substring(prefix.length(), prefix.length() + length);
      return slashes || parameter.indexOf('/') < 0 ? Optional.of(parameter) : Optional.empty();
    }
  }

  private final Map<String, Handler> literals = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();

  /** Adds a route; not thread-safe, so all are added before the server starts. */
  public Router add(String method, String pattern, Handler handler) {
    int open = pattern.indexOf('{');
    if (open < 0) {
      if (literals.putIfAbsent(method + " " + pattern, handler) != null) {
        throw new IllegalArgumentException("two handlers for " + method + " " + pattern);
      }
      return this;
    }
    int close = pattern.indexOf('}', open);
    boolean slashes = pattern.startsWith("...", close - 3);
    patterns.add(
        new Pattern(
            method, pattern.substring(0, open), pattern.substring(close + 1), slashes, handler));
    return this;
  }

  /**
   * Calls the handler of the exchange's request.
   *
   * @throws NotFound {@code page not found} when there is none
   */
  void dispatch(Exchange exchange) throws IOException {
    Request request = exchange.request();
    Handler literal = literals.get(request.method() + " " + request.path());
    if (literal != null) {
      literal.handle(exchange);
      return;
    }
    for (Pattern pattern : patterns) {
      Optional<String> parameter = pattern.match(request.method(), request.path());
      if (parameter.isPresent()) {
        exchange.parameter(PercentCoding.path(parameter.get()));
        pattern.handler().handle(exchange);
        return;
      }
    }
    throw new NotFound("page not found");
  }
}
