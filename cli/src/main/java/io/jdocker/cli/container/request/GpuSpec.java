package io.jdocker.cli.container.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code --gpus all}, {@code --gpus 2}, {@code --gpus driver=nvidia,device=0}. */
final class GpuSpec {
  private static final String FLAG = "--gpus";
  private static final String COUNT = "count";
  private static final int ALL = -1;

  private final String text;
  private final Set<String> seen = new HashSet<>();
  private String driver = "";
  private List<String> devices = List.of();
  private List<String> capabilities = List.of("gpu");
  private int count = 1;

  private GpuSpec(String text) {
    this.text = text;
  }

  /** The device requests; none for no text. */
  static JsonArray parse(String text) {
    JsonArray requests = new JsonArray();
    if (!text.isEmpty()) {
      requests.add(new GpuSpec(text).request());
    }
    return requests;
  }

  private JsonObject request() {
    for (String field : text.split(",", -1)) {
      read(field);
    }
    if (!devices.isEmpty() && !seen.contains(COUNT)) {
      count = 0;
    }
    JsonArray all = new JsonArray();
    all.add(JsonBody.array(capabilities));
    JsonObject request = new JsonObject();
    request.addProperty("Driver", driver);
    request.addProperty("Count", count);
    request.add("DeviceIDs", devices.isEmpty() ? null : JsonBody.array(devices));
    request.add("Capabilities", all);
    request.add("Options", new JsonObject());
    return request;
  }

  private void read(String field) {
    int equals = field.indexOf('=');
    String key = equals < 0 ? COUNT : field.substring(0, equals);
    String value = field.substring(equals + 1);
    if (!seen.add(key)) {
      throw refused("gpu request key '" + key + "' can be specified only once");
    }
    switch (key) {
      case "driver" -> driver = value;
      case COUNT -> count = count(value);
      case "device" -> devices = List.of(value);
      case "capabilities" -> {
        capabilities = new ArrayList<>(List.of(value));
        capabilities.add("gpu");
      }
      default -> throw refused("unexpected key '" + key + "' in '" + field + "'");
    }
  }

  private int count(String number) {
    try {
      return number.equals("all") ? ALL : Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw refused(
          "invalid count ("
              + number
              + "): value must be either \"all\" or an integer: invalid syntax");
    }
  }

  private RuntimeException refused(String reason) {
    return Refusal.ofArgument(text, FLAG, reason);
  }
}
