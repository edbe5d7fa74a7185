package io.jdocker.daemon.config;

import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.linux.failure.InvalidArgument;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What may change while the daemon runs.
 *
 * @param labels of the daemon, {@code key=value}, shown by info
 * @param registries how registries are reached
 * @param containers what containers get that are created from now on
 */
public record Changeable(
    List<String> labels, RegistryOptions registries, ContainerDefaults containers) {
  private static final String UNITS = "bkmgtp";

  public Changeable {
    labels = List.copyOf(labels);
  }

  static Changeable of(Directives set, RegistryOptions base) {
    List<String> labels = set.all(Directive.LABEL);
    for (String label : labels) {
      if (label.indexOf('=') < 1) {
        throw new InvalidArgument("bad attribute format: " + label);
      }
    }
    RegistryOptions registries =
        base.withMirrors(
                Stream.concat(
                        base.mirrors().stream(),
                        set.all(Directive.MIRROR).stream().map(Changeable::mirror))
                    .toList())
            .withInsecure(
                Stream.concat(
                        base.insecure().stream(), set.all(Directive.INSECURE_REGISTRY).stream())
                    .toList());
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : set.all(Directive.LOG_OPTION)) {
      String[] pair = option.split("=", 2);
      if (pair.length < 2 || pair[0].isEmpty()) {
        throw new InvalidArgument("invalid log-opt \"" + option + "\": write name=value");
      }
      options.put(pair[0], pair[1]);
    }
    ContainerDefaults containers =
        new ContainerDefaults(
            driver(set.one(Directive.LOG_DRIVER).orElse("json-file")),
            options,
            set.one(Directive.SHM_SIZE).map(Changeable::bytes).orElse(0L),
            set.flag(Directive.INIT).orElse(false));
    return new Changeable(labels, registries, containers);
  }

  private static String driver(String name) {
    if (!List.of("json-file", "local", "none").contains(name)) {
      throw new InvalidArgument(
          "logger: no log driver named '"
              + name
              + "' is registered: choose json-file, local, none");
    }
    return name;
  }

  /** {@code 64m}, {@code 1gb}, {@code 1000}. */
  private static long bytes(String text) {
    String low = text.toLowerCase(java.util.Locale.ROOT).replaceFirst("(?<=[kmgtp])i?b$", "");
    String digits = low.replaceFirst("[" + UNITS + "]$", "");
    if (!digits.matches("[0-9]{1,18}")) {
      throw new InvalidArgument("invalid size: '" + text + "'");
    }
    int unit = low.length() == digits.length() ? 0 : UNITS.indexOf(low.charAt(low.length() - 1));
    try {
      return Math.multiplyExact(Long.parseLong(digits), 1L << (10 * unit));
    } catch (ArithmeticException e) {
      throw new InvalidArgument("invalid size: '" + text + "'", e);
    }
  }

  private static URI mirror(String text) {
    try {
      URI uri = URI.create(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument("invalid mirror: \"" + text + "\" is no address", e);
    }
    throw new InvalidArgument(
        "invalid mirror: \"" + text + "\" is not http:// or https:// and a host");
  }
}
