package io.jdocker.runtime.build;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code RUN --mount}.
 *
 * @param id of a cache: the same id is the same folder in all builds
 * @param locked one step at a time has the cache
 * @param from stage or image that the source lies in; empty: the context, or nothing
 * @param source path in it
 * @param target absolute path in the container
 * @param size bytes of a tmpfs as written; empty: no limit
 */
record RunMount(
    Kind kind,
    String id,
    boolean locked,
    String from,
    String source,
    String target,
    boolean readOnly,
    String size) {
  /** What is mounted. */
  enum Kind {
    BIND,
    CACHE,
    TMPFS
  }

  private static final Set<String> KEYS =
      Set.of(
          "type",
          "id",
          "from",
          "source",
          "src",
          "target",
          "dst",
          "destination",
          "ro",
          "readonly",
          "rw",
          "readwrite",
          "size",
          "sharing",
          "mode",
          "uid",
          "gid");

  /**
   * Reads {@code type=cache,target=/root/.m2}.
   *
   * @param folder where a relative target begins
   */
  static RunMount parse(String text, String folder) {
    Map<String, String> fields = fields(text);
    String type = fields.getOrDefault("type", "bind");
    if (type.equals("secret") || type.equals("ssh")) {
      throw new Unsupported(
          "RUN --mount=type="
              + type
              + " is not supported: the classic build API has no way to send it");
    }
    String target = first(fields, "target", "dst", "destination");
    if (target.isEmpty()) {
      throw new InvalidArgument("the mount \"" + text + "\" needs a target");
    }
    String absolute = target.startsWith("/") ? target : folder + "/" + target;
    String source = first(fields, "source", "src");
    String from = fields.getOrDefault("from", "");
    return switch (type) {
      case "bind" -> {
        if (isSet(fields, "rw", "readwrite")) {
          throw new Unsupported(
              "RUN --mount=type=bind,rw is not supported: copy what the step is to write to");
        }
        yield new RunMount(Kind.BIND, "", false, from, source, absolute, true, "");
      }
      case "cache" -> {
        checkSharing(fields.getOrDefault("sharing", "shared"));
        if (!from.isEmpty()) {
          throw new Unsupported("RUN --mount=type=cache,from is not supported");
        }
        String id = fields.getOrDefault("id", target);
        boolean locked = fields.getOrDefault("sharing", "shared").equals("locked");
        yield new RunMount(
            Kind.CACHE, id, locked, "", "", absolute, isSet(fields, "ro", "readonly"), "");
      }
      case "tmpfs" ->
          new RunMount(
              Kind.TMPFS, "", false, "", "", absolute, false, fields.getOrDefault("size", ""));
      default -> throw new InvalidArgument("unsupported mount type \"" + type + "\"");
    };
  }

  private static void checkSharing(String sharing) {
    if (!Set.of("shared", "locked", "private").contains(sharing)) {
      throw new InvalidArgument("unsupported sharing value \"" + sharing + "\"");
    }
    if (sharing.equals("private")) {
      throw new Unsupported("RUN --mount=type=cache,sharing=private is not supported");
    }
  }

  /** The stage or image that a mount names, without a look at the rest of it. */
  static Optional<String> from(String text) {
    for (String field : text.split(",", -1)) {
      if (field.startsWith("from=")) {
        return Optional.of(field.substring("from=".length()));
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      if (!KEYS.contains(name)) {
        throw new InvalidArgument("unexpected key '" + name + "' in '" + text + "'");
      }
      fields.put(name, equals < 0 ? "true" : field.substring(equals + 1));
    }
    return fields;
  }

  private static String first(Map<String, String> fields, String... names) {
    for (String name : names) {
      if (fields.containsKey(name)) {
        return fields.get(name);
      }
    }
    return "";
  }

  private static boolean isSet(Map<String, String> fields, String... names) {
    return first(fields, names).equals("true");
  }
}
