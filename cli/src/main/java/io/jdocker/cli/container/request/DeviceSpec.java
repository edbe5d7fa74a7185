package io.jdocker.cli.container.request;

import com.google.gson.JsonArray;
import io.jdocker.cli.json.JsonBody;
import java.util.List;

/** {@code --device HOST[:CONTAINER][:rwm]} and {@code --device-cgroup-rule}. */
final class DeviceSpec {
  private static final String RULE = "[acb] ([0-9]+|\\*):([0-9]+|\\*) [rwm]{1,3}";

  private DeviceSpec() {}

  static JsonArray devices(List<String> texts) {
    JsonArray devices = new JsonArray();
    for (String text : texts) {
      String[] parts = text.split(":", -1);
      if (parts.length > 3 || parts[0].isEmpty()) {
        throw Refusal.of("bad format for path: " + text);
      }
      boolean secondIsMode = parts.length == 2 && isMode(parts[1]);
      String inside = parts.length > 1 && !secondIsMode ? parts[1] : parts[0];
      String mode = parts.length == 3 ? parts[2] : secondIsMode ? parts[1] : "rwm";
      if (!isMode(mode)) {
        throw Refusal.of("bad mode specified: " + mode);
      }
      if (!inside.startsWith("/")) {
        throw Refusal.of(inside + " is not an absolute path");
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

  /** Some of r, w and m, each once. */
  private static boolean isMode(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> "rwm".indexOf(c) >= 0)
        && text.chars().distinct().count() == text.length();
  }

  static List<String> rules(List<String> texts) {
    for (String text : texts) {
      if (!text.matches(RULE)) {
        throw Refusal.ofArgument(
            text, "--device-cgroup-rule", "invalid device cgroup format '" + text + "'");
      }
    }
    return texts;
  }
}
