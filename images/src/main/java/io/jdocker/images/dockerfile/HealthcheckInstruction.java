package io.jdocker.images.dockerfile;

import com.google.gson.JsonObject;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Locale;

/** HEALTHCHECK NONE, or HEALTHCHECK [--interval=..] [--timeout=..] .. CMD command. */
final class HealthcheckInstruction {
  private static final long MILLISECOND = 1_000_000;

  private HealthcheckInstruction() {}

  static JsonObject parse(String text) {
    JsonObject check = new JsonObject();
    String rest = text;
    while (rest.startsWith("--")) {
      String[] parts = rest.split("[ \t]+", 2);
      option(check, parts[0]);
      rest = parts.length > 1 ? parts[1] : "";
    }
    String[] parts = rest.split("[ \t]+", 2);
    String command = parts.length > 1 ? parts[1].strip() : "";
    switch (parts[0].toUpperCase(Locale.ROOT)) {
      case "NONE" -> {
        if (!command.isEmpty()) {
          throw new InvalidArgument("HEALTHCHECK NONE takes no arguments");
        }
        check.add("Test", ConfigEditor.array(List.of("NONE")));
      }
      case "CMD" -> check.add("Test", ConfigEditor.array(test(command)));
      default ->
          throw new InvalidArgument("Unknown type \"" + parts[0] + "\" in HEALTHCHECK (try CMD)");
    }
    return check;
  }

  private static List<String> test(String command) {
    if (command.isEmpty()) {
      throw new InvalidArgument("Missing command after HEALTHCHECK CMD");
    }
    return Words.jsonList(command)
        .map(
            words -> {
              List<String> test = new java.util.ArrayList<>(words);
              test.add(0, "CMD");
              return test;
            })
        .orElse(List.of("CMD-SHELL", command));
  }

  private static void option(JsonObject check, String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    String value = equals < 0 ? "" : option.substring(equals + 1);
    switch (name) {
      case "--interval" -> check.addProperty("Interval", duration(name, value));
      case "--timeout" -> check.addProperty("Timeout", duration(name, value));
      case "--start-period" -> check.addProperty("StartPeriod", duration(name, value));
      case "--start-interval" -> check.addProperty("StartInterval", duration(name, value));
      case "--retries" -> check.addProperty("Retries", retries(value));
      default -> throw new InvalidArgument("unknown flag: " + name);
    }
  }

  private static long duration(String name, String value) {
    long nanos = GoDuration.parse(value);
    if (nanos != 0 && nanos < MILLISECOND) {
      throw new InvalidArgument("Interval \"" + name + "\" cannot be less than 1ms: " + value);
    }
    return nanos;
  }

  private static int retries(String value) {
    if (!value.matches("\\d{1,9}")) {
      throw new InvalidArgument("--retries must be at least 0, not \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }
}
