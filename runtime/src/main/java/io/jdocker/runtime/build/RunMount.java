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
 * @param id of a cache: the same id is the same folder in all builds; of a secret or agent: the
 *     client's name for it
 * @param sharing who may have a cache at the same time
 * @param from stage or image that the source lies in; empty: the context, or nothing
 * @param source path in it
 * @param target absolute path in the container
 * @param size bytes of a tmpfs as written; empty: no limit
 * @param access who may read a secret or agent, and owns a new cache
 * @param required an error when the client has not sent it
 */
record RunMount(
    Kind kind,
    String id,
    Sharing sharing,
    String from,
    String source,
    String target,
    boolean readOnly,
    String size,
    Access access,
    boolean required) {
  /** What is mounted. */
  enum Kind {
    BIND,
    CACHE,
    TMPFS,
    SECRET,
    SSH
  }

  /** Of a cache: all together, one after the other, or each a folder that nobody else has. */
  enum Sharing {
    SHARED,
    LOCKED,
    PRIVATE
  }

  /** Owner and permission bits. */
  record Access(int uid, int gid, int mode) {}

  private static final String DEFAULT_AGENT = "default";
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
          "gid",
          "required",
          "env");

  /**
   * Reads {@code type=cache,target=/root/.m2}.
   *
   * @param folder where a relative target begins
   */
  static RunMount parse(String text, String folder) {
    Map<String, String> fields = fields(text);
    String type = fields.getOrDefault("type", "bind");
    return switch (type) {
      case "bind" -> {
        boolean writable = isSet(fields, "rw", "readwrite");
        yield of(Kind.BIND, "", fields, target(fields, text, folder), !writable, 0755);
      }
      case "cache" -> {
        String target = target(fields, text, folder);
        String id = fields.getOrDefault("id", first(fields, "target", "dst", "destination"));
        yield of(Kind.CACHE, id, fields, target, isSet(fields, "ro", "readonly"), 0755);
      }
      case "tmpfs" -> of(Kind.TMPFS, "", fields, target(fields, text, folder), false, 0755);
      case "secret" -> secret(fields, text, folder);
      case "ssh" -> {
        String id = fields.getOrDefault("id", DEFAULT_AGENT);
        String target = first(fields, "target", "dst", "destination");
        String socket = target.isEmpty() ? "" : absolute(target, folder);
        yield of(Kind.SSH, id, fields, socket, false, 0600);
      }
      default -> throw new InvalidArgument("unsupported mount type \"" + type + "\"");
    };
  }

  private static RunMount secret(Map<String, String> fields, String text, String folder) {
    if (fields.containsKey("env")) {
      throw new Unsupported(
          "RUN --mount=type=secret,env is not supported: an environment is kept on disk; "
              + "read the secret from its file");
    }
    String target = first(fields, "target", "dst", "destination");
    String id = fields.getOrDefault("id", target.substring(target.lastIndexOf('/') + 1));
    if (id.isEmpty()) {
      throw new InvalidArgument("the mount \"" + text + "\" needs an id or a target");
    }
    String place = target.isEmpty() ? "/run/secrets/" + id : absolute(target, folder);
    return of(Kind.SECRET, id, fields, place, true, 0400);
  }

  private static RunMount of(
      Kind kind,
      String id,
      Map<String, String> fields,
      String target,
      boolean readOnly,
      int defaultMode) {
    return new RunMount(
        kind,
        id,
        sharing(fields.getOrDefault("sharing", "shared")),
        fields.getOrDefault("from", ""),
        first(fields, "source", "src"),
        target,
        readOnly,
        fields.getOrDefault("size", ""),
        new Access(
            number(fields, "uid", 10, 0),
            number(fields, "gid", 10, 0),
            number(fields, "mode", 8, defaultMode)),
        isSet(fields, "required"));
  }

  private static String target(Map<String, String> fields, String text, String folder) {
    String target = first(fields, "target", "dst", "destination");
    if (target.isEmpty()) {
      throw new InvalidArgument("the mount \"" + text + "\" needs a target");
    }
    return absolute(target, folder);
  }

  private static String absolute(String target, String folder) {
    return target.startsWith("/") ? target : folder + "/" + target;
  }

  private static Sharing sharing(String text) {
    return switch (text) {
      case "shared" -> Sharing.SHARED;
      case "locked" -> Sharing.LOCKED;
      case "private" -> Sharing.PRIVATE;
      default -> throw new InvalidArgument("unsupported sharing value \"" + text + "\"");
    };
  }

  private static int number(Map<String, String> fields, String name, int radix, int otherwise) {
    String text = fields.getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches(radix == 8 ? "[0-7]{1,5}" : "[0-9]{1,9}")) {
      throw new InvalidArgument("invalid value '" + text + "' for " + name);
    }
    return Integer.parseInt(text, radix);
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
