package io.jdocker.daemon.config;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;
import java.util.logging.Level;

/**
 * How the daemon itself logs.
 *
 * @param level what is less grave is not logged
 * @param json a JSON object a line, instead of text
 */
public record LogOptions(Level level, boolean json) {
  static LogOptions of(Directives set) {
    boolean debug = set.flag(Directive.DEBUG).orElse(false);
    Level level = set.one(Directive.LOG_LEVEL).map(LogOptions::level).orElse(Level.INFO);
    String format = set.one(Directive.LOG_FORMAT).orElse("text");
    if (!format.equals("text") && !format.equals("json")) {
      throw new InvalidArgument("invalid log format: " + format);
    }
    return new LogOptions(debug ? Level.FINE : level, format.equals("json"));
  }

  public boolean isDebug() {
    return level.intValue() <= Level.FINE.intValue();
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
