package io.jdocker.daemon.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.jdocker.daemon.json.JsonText;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads daemon.json: Docker's keys, in Docker's types, refused in Docker's words. */
final class ConfigFile {
  /**
   * Docker's keys for what is the same here whatever they say, with the one value they may have.
   */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("storage-driver", "\"overlay2\""),
          Map.entry("live-restore", "true"),
          Map.entry("iptables", "true"),
          Map.entry("ip-forward", "true"),
          Map.entry("ip-masq", "true"),
          Map.entry("userland-proxy", "false"),
          Map.entry("experimental", "false"),
          Map.entry("selinux-enabled", "false"),
          Map.entry("icc", "true"),
          Map.entry("exec-opts", "[\"native.cgroupdriver=cgroupfs\"]"),
          Map.entry("features", "{\"buildkit\":false}"));

  /** Docker's other keys: known, and not to be had. */
  private static final Set<String> MISSING =
      Set.of(
          "allow-direct-routing",
          "api-cors-header",
          "authorization-plugins",
          "bridge",
          "builder",
          "cdi-spec-dirs",
          "containerd",
          "containerd-namespace",
          "containerd-plugin-namespace",
          "cpu-rt-period",
          "cpu-rt-runtime",
          "data-root",
          "default-cgroupns-mode",
          "default-gateway",
          "default-gateway-v6",
          "default-ipc-mode",
          "default-network-opts",
          "default-runtime",
          "default-ulimits",
          "dns",
          "dns-opts",
          "dns-search",
          "exec-root",
          "firewall-backend",
          "fixed-cidr",
          "fixed-cidr-v6",
          "group",
          "host-gateway-ips",
          "http-proxy",
          "https-proxy",
          "init-path",
          "ip",
          "ip6tables",
          "ipv6",
          "max-concurrent-downloads",
          "max-concurrent-uploads",
          "max-download-attempts",
          "min-api-version",
          "mtu",
          "network-control-plane-mtu",
          "no-new-privileges",
          "no-proxy",
          "node-generic-resources",
          "oom-score-adjust",
          "pidfile",
          "proxies",
          "raw-logs",
          "rootless",
          "runtimes",
          "seccomp-profile",
          "shutdown-timeout",
          "storage-opts",
          "swarm-default-advertise-addr",
          "userland-proxy-path",
          "validate");

  private final Path file;

  ConfigFile(Path file) {
    this.file = file;
  }

  /**
   * Its settings.
   *
   * @param mustExist false: a missing file has none
   * @throws InvalidArgument for what is wrong in it
   * @throws Unsupported for what Docker has and jdocker has not
   */
  Directives read(boolean mustExist) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      if (mustExist) {
        throw new InvalidArgument("open " + file + ": no such file or directory", e);
      }
      return new Directives.Builder().build();
    } catch (IOException e) {
      throw new InvalidArgument("cannot read " + file + ": " + e, e);
    }
    return text.isBlank() ? new Directives.Builder().build() : directives(object(text));
  }

  private static JsonObject object(String text) {
    JsonElement whole;
    try {
      whole = JsonText.parse(text);
    } catch (JsonParseException e) {
      throw new InvalidArgument("it is not JSON: " + e.getMessage(), e);
    }
    if (!whole.isJsonObject()) {
      throw new InvalidArgument("it is not a JSON object");
    }
    return whole.getAsJsonObject();
  }

  private static Directives directives(JsonObject settings) {
    requireKnown(settings);
    Directives.Builder builder = new Directives.Builder();
    settings
        .asMap()
        .forEach(
            (key, value) ->
                Directive.ofKey(key).ifPresent(directive -> add(builder, directive, value)));
    return builder.build();
  }

  private static void requireKnown(JsonObject settings) {
    Set<String> unknown = new TreeSet<>();
    for (Map.Entry<String, JsonElement> each : settings.entrySet()) {
      String key = each.getKey();
      if (Directive.ofKey(key).isPresent()) {
        continue;
      }
      if (FIXED.containsKey(key) && !each.getValue().toString().equals(FIXED.get(key))) {
        throw new Unsupported(key + " can only be " + FIXED.get(key) + " in jdocker");
      }
      if (MISSING.contains(key)) {
        throw new Unsupported(
            "the directive " + key + " is not supported by this version of jdocker");
      }
      if (!FIXED.containsKey(key)) {
        unknown.add(key);
      }
    }
    if (!unknown.isEmpty()) {
      throw new InvalidArgument(
          "the following directives don't match any configuration option: "
              + String.join(", ", unknown));
    }
  }

  private static void add(Directives.Builder builder, Directive directive, JsonElement value) {
    switch (directive.kind()) {
      case TEXT -> builder.add(directive, text(directive, value));
      case BOOL -> builder.add(directive, Boolean.toString(bool(directive, value)));
      case LIST ->
          list(directive, value).forEach(each -> builder.add(directive, text(directive, each)));
      case MAP ->
          map(directive, value)
              .forEach((key, each) -> builder.add(directive, key + "=" + text(directive, each)));
      case POOLS -> {
        for (JsonElement pool : list(directive, value)) {
          Map<String, JsonElement> parts = map(directive, pool);
          builder.add(directive, "base=" + part(parts, "base") + ",size=" + part(parts, "size"));
        }
      }
    }
  }

  private static String part(Map<String, JsonElement> parts, String name) {
    JsonElement value = parts.get(name);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  private static String text(Directive directive, JsonElement value) {
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
      return value.getAsString();
    }
    throw wrongType(directive, value, "string");
  }

  private static boolean bool(Directive directive, JsonElement value) {
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
      return value.getAsBoolean();
    }
    throw wrongType(directive, value, "bool");
  }

  private static List<JsonElement> list(Directive directive, JsonElement value) {
    if (value.isJsonArray()) {
      return value.getAsJsonArray().asList();
    }
    throw wrongType(directive, value, "[]string");
  }

  private static Map<String, JsonElement> map(Directive directive, JsonElement value) {
    if (value.isJsonObject()) {
      return value.getAsJsonObject().asMap();
    }
    throw wrongType(directive, value, "map[string]string");
  }

  private static InvalidArgument wrongType(Directive directive, JsonElement value, String wanted) {
    return new InvalidArgument(
        "cannot unmarshal " + value + " into field " + directive.key() + " of type " + wanted);
  }
}
