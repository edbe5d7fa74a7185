package io.jdocker.daemon;

import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.linux.failure.InvalidArgument;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

/**
 * What the daemon is started with.
 *
 * @param root where all state and the socket are; absolute
 * @param bip address and prefix of the default bridge; empty for the first free subnet
 * @param cgroupParent control group below which containers get theirs; empty for the default
 * @param logLevel empty for the default, info
 * @param registries how registries are reached
 * @param users who users of containers are on the host: {@code default}, USER[:GROUP] or UID[:GID]
 */
record DaemonOptions(
    Path root,
    Optional<String> bip,
    Optional<String> cgroupParent,
    Optional<Level> logLevel,
    RegistryOptions registries,
    Optional<String> users) {
  private static final Path DEFAULT_ROOT = Path.of("/var/lib/jdocker");

  Path socket() {
    return root.resolve("jdocker.sock");
  }

  /**
   * Reads {@code --root DIR --bip CIDR --cgroup-parent PATH --log-level LEVEL --userns-remap USER},
   * and as often as wanted {@code --registry-mirror URL --insecure-registry HOST[:PORT]|CIDR}, also
   * in the form {@code --root=DIR}.
   *
   * @throws InvalidArgument naming what is wrong
   */
  static DaemonOptions parse(List<String> arguments) {
    DaemonOptions options =
        new DaemonOptions(
            DEFAULT_ROOT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            RegistryOptions.standard(System.getenv()),
            Optional.empty());
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 && !rest.hasNext()) {
        throw new InvalidArgument(
            flag.startsWith("-") ? "flag needs an argument: " + flag : "unknown argument: " + flag);
      }
      options = options.with(flag, equals < 0 ? rest.next() : argument.substring(equals + 1));
    }
    return options;
  }

  private DaemonOptions with(String flag, String value) {
    return switch (flag) {
      case "--root" ->
          new DaemonOptions(
              Path.of(value).toAbsolutePath().normalize(),
              bip,
              cgroupParent,
              logLevel,
              registries,
              users);
      case "--bip" ->
          new DaemonOptions(root, Optional.of(value), cgroupParent, logLevel, registries, users);
      case "--cgroup-parent" ->
          new DaemonOptions(root, bip, Optional.of(value), logLevel, registries, users);
      case "--log-level" ->
          new DaemonOptions(root, bip, cgroupParent, Optional.of(level(value)), registries, users);
      case "--registry-mirror" ->
          with(registries.withMirrors(and(registries.mirrors(), mirror(value))));
      case "--insecure-registry" ->
          with(registries.withInsecure(and(registries.insecure(), value)));
      case "--userns-remap" ->
          new DaemonOptions(
              root,
              bip,
              cgroupParent,
              logLevel,
              registries,
              value.isEmpty() ? Optional.empty() : Optional.of(value));
      default -> throw new InvalidArgument("unknown flag: " + flag);
    };
  }

  private DaemonOptions with(RegistryOptions others) {
    return new DaemonOptions(root, bip, cgroupParent, logLevel, others, users);
  }

  private static <T> List<T> and(List<T> known, T more) {
    return Stream.concat(known.stream(), Stream.of(more)).toList();
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

  private static Level level(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "debug" -> Level.FINE;
      case "info" -> Level.INFO;
      case "warn" -> Level.WARNING;
      case "error", "fatal" -> Level.SEVERE;
      default ->
          throw new InvalidArgument(
              "unknown log level \"" + name + "\": choose debug, info, warn or error");
    };
  }
}
