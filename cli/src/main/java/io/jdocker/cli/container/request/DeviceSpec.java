package io.jdocker.cli.container.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.FlagValues;
import java.util.List;

/** Devices, limits on them, and ulimits. */
final class DeviceSpec {
  private DeviceSpec() {}

  /** {@code --device HOST[:CONTAINER][:rwm]}. */
  static JsonArray devices(List<String> texts) {
    JsonArray devices = new JsonArray();
    for (String text : texts) {
      String[] parts = text.split(":", -1);
      if (parts.length > 3) {
        throw Refusal.of("bad format for path: " + text);
      }
      boolean secondIsMode = parts.length == 2 && isMode(parts[1]);
      String inside = parts.length > 1 && !secondIsMode ? parts[1] : parts[0];
      String mode = parts.length == 3 ? parts[2] : secondIsMode ? parts[1] : "rwm";
      if (!isMode(mode)) {
        throw Refusal.of("bad mode specified: " + mode);
      }
      devices.add(
          new JsonBody()
              .text("PathOnHost", parts[0])
              .text("PathInContainer", inside)
              .text("CgroupPermissions", mode)
              .build());
    }
    return devices;
  }

  private static boolean isMode(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> "rwm".indexOf(c) >= 0);
  }

  /** {@code --device-read-bps /dev/sda:1m} and its kin. */
  static JsonArray rates(List<String> texts, String flag, boolean inBytes) {
    JsonArray rates = new JsonArray();
    for (String text : texts) {
      int colon = text.lastIndexOf(':');
      if (colon < 0 || !text.startsWith("/dev/")) {
        throw wrong(flag, text, "bad format: " + text);
      }
      long rate = rate(text, colon, flag, inBytes);
      rates.add(new JsonBody().text("Path", text.substring(0, colon)).number("Rate", rate).build());
    }
    return rates;
  }

  private static long rate(String text, int colon, String flag, boolean inBytes) {
    String number = text.substring(colon + 1);
    try {
      return inBytes ? FlagValues.parseBytes(number) : Long.parseLong(number);
    } catch (IllegalArgumentException e) {
      throw wrong(
          flag,
          text,
          "invalid rate for device: "
              + text
              + ". The correct format is <device-path>:<number>"
              + (inBytes ? "[<unit>]" : ""));
    }
  }

  /** {@code --blkio-weight-device /dev/sda:200}. */
  static JsonArray weights(List<String> texts) {
    JsonArray weights = new JsonArray();
    for (String text : texts) {
      int colon = text.lastIndexOf(':');
      if (colon < 0 || !text.startsWith("/dev/") || !text.substring(colon + 1).matches("\\d+")) {
        throw wrong("--blkio-weight-device", text, "bad format: " + text);
      }
      weights.add(
          new JsonBody()
              .text("Path", text.substring(0, colon))
              .number("Weight", Long.parseLong(text.substring(colon + 1)))
              .build());
    }
    return weights;
  }

  /** {@code --ulimit nofile=1024[:2048]}. */
  static JsonArray ulimits(List<String> texts) {
    JsonArray ulimits = new JsonArray();
    for (String text : texts.stream().sorted().toList()) {
      int equals = text.indexOf('=');
      String[] limits = text.substring(equals + 1).split(":", -1);
      if (equals <= 0 || limits.length > 2) {
        throw wrong("--ulimit", text, "invalid ulimit argument: " + text);
      }
      JsonObject ulimit = new JsonObject();
      ulimit.addProperty("Name", text.substring(0, equals));
      ulimit.addProperty("Hard", limit(text, limits[limits.length - 1]));
      ulimit.addProperty("Soft", limit(text, limits[0]));
      ulimits.add(ulimit);
    }
    return ulimits;
  }

  private static long limit(String text, String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      throw wrong("--ulimit", text, "strconv.ParseInt: parsing \"" + number + "\": invalid syntax");
    }
  }

  /** {@code --gpus all} or a count. */
  static JsonArray gpus(String text) {
    JsonArray requests = new JsonArray();
    if (!text.isEmpty()) {
      JsonArray capabilities = new JsonArray();
      capabilities.add(JsonBody.array(List.of("gpu")));
      JsonObject request = new JsonObject();
      request.addProperty("Count", text.equals("all") ? -1 : limit(text, text));
      request.add("Capabilities", capabilities);
      requests.add(request);
    }
    return requests;
  }

  private static RuntimeException wrong(String flag, String text, String reason) {
    return Refusal.of("invalid argument \"" + text + "\" for \"" + flag + "\" flag: " + reason);
  }
}
