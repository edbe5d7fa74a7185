package io.jdocker.cli.container.request;

import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value of {@code --network}: a name, or {@code name=n,alias=a,ip=1.2.3.4,driver-opt=k=v}. */
final class NetworkSpec {
  private final String name;
  private final List<String> aliases = new ArrayList<>();
  private final List<String> linkLocal = new ArrayList<>();
  private final Map<String, String> driverOptions = new LinkedHashMap<>();
  private String ip = "";
  private String ip6 = "";
  private String mac = "";
  private long priority;

  private NetworkSpec(String name) {
    this.name = name;
  }

  static NetworkSpec parse(String text) {
    if (text.indexOf('=') < 0) {
      return new NetworkSpec(text);
    }
    String name = "";
    for (String field : text.split(",", -1)) {
      if (field.startsWith("name=")) {
        name = field.substring("name=".length());
      }
    }
    if (name.isEmpty()) {
      throw refused(text, "network name/id is not specified");
    }
    NetworkSpec spec = new NetworkSpec(name);
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        throw refused(text, "invalid key/value pair format in driver options");
      }
      spec.field(text, field.substring(0, equals), field.substring(equals + 1));
    }
    return spec;
  }

  private void field(String text, String key, String value) {
    switch (key) {
      case "name" -> {
        // Read first: the name is final.
      }
      case "alias" -> aliases.add(value);
      case "ip" -> ip = value;
      case "ip6" -> ip6 = value;
      case "mac-address" -> mac = value;
      case "link-local-ip" -> linkLocal.add(value);
      case "gw-priority" -> priority = number(text, value);
      case "driver-opt" -> driverOption(text, value);
      default -> throw refused(text, "invalid field key " + key);
    }
  }

  private void driverOption(String text, String value) {
    if (value.indexOf('=') < 0) {
      throw refused(text, "invalid key value pair format in driver options");
    }
    driverOptions.putAll(KeyValues.map(List.of(value)));
  }

  private static long number(String text, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw refused(text, "invalid gw-priority (" + value + "): invalid syntax");
    }
  }

  private static RuntimeException refused(String text, String reason) {
    return Refusal.ofArgument(text, "--network", reason);
  }

  String name() {
    return name;
  }

  /**
   * True for {@code host}, {@code none}, {@code container:X}: modes without an endpoint to set up.
   */
  boolean isMode() {
    return name.equals("host")
        || name.equals("none")
        || name.startsWith("container:")
        || name.startsWith("ns:");
  }

  /** Adds what the single flags say about the first network. */
  void addFlags(Parsed line) {
    if (line.has("network-alias")
        && (isMode() || name.equals("default") || name.equals("bridge"))) {
      throw Refusal.of("network-scoped aliases are only supported for user-defined networks");
    }
    refuseBoth(line, "network-alias", !aliases.isEmpty(), "--network-alias", "alias");
    refuseBoth(line, "ip", !ip.isEmpty(), "--ip", "IPv4 address");
    refuseBoth(line, "ip6", !ip6.isEmpty(), "--ip6", "IPv6 address");
    refuseBoth(
        line, "link-local-ip", !linkLocal.isEmpty(), "--link-local-ip", "link-local IP addresses");
    refuseBoth(line, "mac-address", !mac.isEmpty(), "--mac-address", "MAC address");
    aliases.addAll(line.list("network-alias"));
    linkLocal.addAll(line.list("link-local-ip"));
    ip = line.find("ip").orElse(ip);
    ip6 = line.find("ip6").orElse(ip6);
    mac = line.find("mac-address").orElse(mac);
    if (!mac.isEmpty() && !mac.matches("(?i)[0-9a-f]{2}([:-][0-9a-f]{2}){5}")) {
      throw Refusal.of(mac + " is not a valid mac address");
    }
  }

  private static void refuseBoth(
      Parsed line, String flag, boolean isGiven, String shown, String what) {
    if (isGiven && line.has(flag)) {
      throw Refusal.of(
          "conflicting options: cannot specify both " + shown + " and per-network " + what);
    }
  }

  /** The endpoint's settings as the API takes them. */
  JsonObject endpoint(List<String> links) {
    JsonBody addresses =
        new JsonBody()
            .text("IPv4Address", ip)
            .text("IPv6Address", ip6)
            .texts("LinkLocalIPs", linkLocal);
    return new JsonBody()
        .member("IPAMConfig", addresses.build())
        .texts("Links", links)
        .texts("Aliases", aliases)
        .text("MacAddress", mac)
        .map("DriverOpts", driverOptions)
        .number("GwPriority", priority)
        .build();
  }
}
