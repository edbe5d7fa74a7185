package io.jdocker.daemon;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;

/**
 * What the daemon is started with.
 *
 * @param root where all state and the socket are; absolute
 * @param bip address and prefix of the default bridge; empty for the first free subnet
 * @param cgroupParent control group below which containers get theirs; empty for the default
 * @param logLevel empty for the default, info
 */
record DaemonOptions(
    Path root, Optional<String> bip, Optional<String> cgroupParent, Optional<Level> logLevel) {
  private static final Path DEFAULT_ROOT = Path.of("/var/lib/jdocker");

  Path socket() {
    return root.resolve("jdocker.sock");
  }

  /**
   * Reads {@code --root DIR --bip CIDR --cgroup-parent PATH --log-level LEVEL}, also in the form
   * {@code --root=DIR}.
   *
   * @throws InvalidArgument naming what is wrong
   */
  static DaemonOptions parse(List<String> arguments) {
    DaemonOptions options =
        new DaemonOptions(DEFAULT_ROOT, Optional.empty(), Optional.empty(), Optional.empty());
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
              Path.of(value).toAbsolutePath().normalize(), bip, cgroupParent, logLevel);
      case "--bip" -> new DaemonOptions(root, Optional.of(value), cgroupParent, logLevel);
      case "--cgroup-parent" -> new DaemonOptions(root, bip, Optional.of(value), logLevel);
      case "--log-level" -> new DaemonOptions(root, bip, cgroupParent, Optional.of(level(value)));
      default -> throw new InvalidArgument("unknown flag: " + flag);
    };
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
