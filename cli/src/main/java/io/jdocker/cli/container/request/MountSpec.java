package io.jdocker.cli.container.request;

import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.FlagValues;
import java.util.LinkedHashMap;
import java.util.Map;

/** One value of {@code --mount}: {@code type=bind,src=/a,dst=/b,readonly}. */
final class MountSpec {
  private final String text;
  private final JsonBody mount = new JsonBody();
  private final JsonBody bind = new JsonBody();
  private final JsonBody volume = new JsonBody();
  private final JsonBody tmpfs = new JsonBody();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<String, String> driverOptions = new LinkedHashMap<>();
  private final JsonBody image = new JsonBody();
  private String driver = "";
  private String type = "volume";
  private String target = "";
  private boolean readOnly;
  private String source = "";

  private MountSpec(String text) {
    this.text = text;
  }

  static JsonObject parse(String text) {
    MountSpec spec = new MountSpec(text);
    if (text.isEmpty()) {
      throw spec.refused("EOF");
    }
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      spec.field(name.strip(), equals < 0 ? "" : field.substring(equals + 1), equals >= 0);
    }
    return spec.build();
  }

  private void field(String name, String value, boolean hasValue) {
    switch (name) {
      case "type" -> type = value;
      case "source", "src" -> source = value;
      case "target", "dst", "destination" -> target = value;
      case "readonly", "ro" -> {
        readOnly = truth(name, value, hasValue);
        mount.flag("ReadOnly", readOnly);
      }
      case "consistency" -> mount.text("Consistency", value);
      case "bind-propagation" -> bind.text("Propagation", value);
      case "bind-nonrecursive" -> bind.flag("NonRecursive", truth(name, value, hasValue));
      case "bind-recursive" -> recursive(value);
      case "bind-create-src" -> bind.flag("CreateMountpoint", truth(name, value, hasValue));
      case "volume-subpath" -> volume.text("Subpath", value);
      case "volume-nocopy" -> volume.flag("NoCopy", truth(name, value, hasValue));
      case "volume-label" -> put(labels, value);
      case "volume-driver" -> driver = value;
      case "volume-opt" -> put(driverOptions, value);
      case "tmpfs-size" -> tmpfs.number("SizeBytes", size(value));
      case "tmpfs-mode" -> tmpfs.number("Mode", mode(value));
      case "image-subpath" -> image.text("Subpath", value);
      default ->
          throw refused(
              hasValue
                  ? "unexpected key '" + name + "' in '" + name + "=" + value + "'"
                  : "invalid field '" + name + "' must be a key=value pair");
    }
  }

  private void recursive(String value) {
    switch (value) {
      case "enabled" -> {
        // The kernel's and the API's default.
      }
      case "disabled" -> bind.flag("NonRecursive", true);
      case "writable" -> bind.flag("ReadOnlyNonRecursive", true);
      case "readonly" -> bind.flag("ReadOnlyForceRecursive", true);
      default -> throw refused("invalid value for bind-recursive: " + value);
    }
  }

  private static void put(Map<String, String> map, String pair) {
    int equals = pair.indexOf('=');
    map.put(
        equals < 0 ? pair : pair.substring(0, equals),
        equals < 0 ? "" : pair.substring(equals + 1));
  }

  private boolean truth(String name, String value, boolean hasValue) {
    if (!hasValue) {
      return true;
    }
    try {
      return FlagValues.parseBoolean(value);
    } catch (IllegalArgumentException e) {
      throw refused("invalid value for " + name + ": " + value);
    }
  }

  private long size(String value) {
    try {
      return FlagValues.parseBytes(value);
    } catch (IllegalArgumentException e) {
      throw refused("invalid value for tmpfs-size: " + value);
    }
  }

  private long mode(String value) {
    try {
      return Long.parseLong(value, 8);
    } catch (NumberFormatException e) {
      throw refused("invalid value for tmpfs-mode: " + value);
    }
  }

  private JsonObject build() {
    if (type.isEmpty()) {
      throw refused("type is required");
    }
    if (target.isEmpty()) {
      throw refused("target is required");
    }
    refuseForeign("image", image.build());
    refuseForeign("volume", volumeOptions());
    refuseForeign("bind", bind.build());
    refuseForeign("tmpfs", tmpfs.build());
    JsonObject asked = bind.build();
    if (asked.has("ReadOnlyNonRecursive") && !readOnly) {
      throw refused(
          "option 'bind-recursive=writable' requires 'readonly' to be specified in conjunction");
    }
    if (asked.has("ReadOnlyForceRecursive")) {
      requireForForced(asked);
    }
    return mount
        .member("ImageOptions", image.build())
        .text("Type", type)
        .text("Source", source)
        .text("Target", target)
        .member("BindOptions", bind.build())
        .member("VolumeOptions", volumeOptions())
        .member("TmpfsOptions", tmpfs.build())
        .build();
  }

  private void requireForForced(JsonObject asked) {
    if (!readOnly) {
      throw refused(
          "option 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction");
    }
    if (!asked.has("Propagation") || !asked.get("Propagation").getAsString().equals("rprivate")) {
      throw refused(
          "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified"
              + " in conjunction");
    }
  }

  private JsonObject volumeOptions() {
    JsonBody config = new JsonBody().text("Name", driver).map("Options", driverOptions);
    return volume.map("Labels", labels).member("DriverConfig", config.build()).build();
  }

  private void refuseForeign(String kind, JsonObject options) {
    if (options.size() > 0 && !type.equals(kind)) {
      throw refused("cannot mix '" + kind + "-*' options with mount type '" + type + "'");
    }
  }

  private RuntimeException refused(String reason) {
    return Refusal.ofArgument(text, "--mount", reason);
  }
}
