package io.jdocker.daemon.log;

import com.google.gson.JsonObject;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * A record as dockerd writes it: {@code time="..." level=warning msg="..."}, or the same as a JSON
 * object. What an exception says is its {@code error}; its stack trace is shown when debugging.
 */
final class LineFormatter extends Formatter {
  private final boolean json;
  private final boolean stacks;

  LineFormatter(boolean json, boolean stacks) {
    this.json = json;
    this.stacks = stacks;
  }

  @Override
  public String format(LogRecord record) {
    JsonObject line = new JsonObject();
    line.addProperty(
        "time",
        DateTimeFormatter.ISO_INSTANT.format(record.getInstant().truncatedTo(ChronoUnit.MICROS)));
    line.addProperty("level", level(record.getLevel()));
    line.addProperty("msg", formatMessage(record));
    if (record.getThrown() != null) {
      line.addProperty("error", record.getThrown().toString());
      if (stacks) {
        line.addProperty("stack", stack(record.getThrown()));
      }
    }
    return (json ? line.toString() : text(line)) + "\n";
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error";
    } else if (level.intValue() >= Level.WARNING.intValue()) {
      return "warning";
    }
    return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String text(JsonObject line) {
    StringBuilder text = new StringBuilder();
    line.asMap()
        .forEach(
            (key, value) -> {
              String quoted = key.equals("level") ? value.getAsString() : value.toString();
              text.append(text.length() == 0 ? "" : " ").append(key).append('=').append(quoted);
            });
    return text.toString();
  }

  private static String stack(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      text.append(text.length() == 0 ? "" : "\ncaused by ").append(each);
      for (StackTraceElement element : each.getStackTrace()) {
        text.append("\n  at ").append(element);
      }
    }
    return text.toString();
  }
}
