package io.jdocker.cli.container.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;

/** {@code --ulimit nofile=1024[:2048]}. */
final class UlimitSpec {
  private static final String FLAG = "--ulimit";

  private static final Set<String> NAMES =
      Set.of(
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  private UlimitSpec() {}

  static JsonArray parse(List<String> texts) {
    JsonArray ulimits = new JsonArray();
    texts.stream().sorted().map(UlimitSpec::parse).forEach(ulimits::add);
    return ulimits;
  }

  private static JsonObject parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw Refusal.ofArgument(text, FLAG, "invalid ulimit argument: " + text);
    }
    String name = text.substring(0, equals);
    if (!NAMES.contains(name)) {
      throw Refusal.ofArgument(text, FLAG, "invalid ulimit type: " + name);
    }
    String values = text.substring(equals + 1);
    String[] limits = values.split(":", -1);
    if (limits.length > 2) {
      throw Refusal.ofArgument(
          text,
          FLAG,
          "too many limit value arguments - "
              + values
              + ", can only have up to two, `soft[:hard]`");
    }
    long soft = limit(text, limits[0]);
    long hard = limits.length == 1 ? soft : limit(text, limits[1]);
    checkOrder(text, soft, hard);
    JsonObject ulimit = new JsonObject();
    ulimit.addProperty("Name", name);
    ulimit.addProperty("Hard", hard);
    ulimit.addProperty("Soft", soft);
    return ulimit;
  }

  private static void checkOrder(String text, long soft, long hard) {
    String wrong = "ulimit soft limit must be less than or equal to hard limit: ";
    if (hard != -1 && soft == -1) {
      throw Refusal.ofArgument(text, FLAG, wrong + "soft: -1 (unlimited), hard: " + hard);
    }
    if (hard != -1 && soft > hard) {
      throw Refusal.ofArgument(text, FLAG, wrong + soft + " > " + hard);
    }
  }

  private static long limit(String text, String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw Refusal.ofArgument(
          text, FLAG, "strconv.ParseInt: parsing \"" + number + "\": invalid syntax");
    }
  }
}
