package io.jdocker.images.registry;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Locale;

/** A registry's answer that is an error: its status, and its code where it gave one. */
final class RegistryRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_SHOWN = 300;

  private final int status;
  private final String code;

  RegistryRefusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /**
   * Reads the body of an error: {@code {"errors":[{"code":"MANIFEST_UNKNOWN","message":...}]}}, the
   * token servers' {@code {"details":...}}, or some text.
   */
  static RegistryRefusal of(int status, String body) {
    try {
      JsonElement json = JsonParser.parseString(body);
      if (json.isJsonObject()) {
        return of(status, json.getAsJsonObject(), body);
      }
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      return text(status, body);
    }
    return text(status, body);
  }

  private static RegistryRefusal of(int status, JsonObject json, String body) {
    if (json.get("errors") != null
        && json.get("errors").isJsonArray()
        && !json.getAsJsonArray("errors").isEmpty()) {
      JsonObject first = json.getAsJsonArray("errors").get(0).getAsJsonObject();
      String code = text(first, "code").toUpperCase(Locale.ROOT);
      String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
      String message = text(first, "message");
      return new RegistryRefusal(
          status, code, message.isEmpty() ? words : words + ": " + printable(message));
    }
    String details = text(json, "details");
    return details.isEmpty() ? text(status, body) : new RegistryRefusal(status, "", details);
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  private static RegistryRefusal text(int status, String body) {
    String shown = printable(body.strip());
    String code =
        switch (status) {
          case 401 -> "UNAUTHORIZED";
          case 403 -> "DENIED";
          case 429 -> "TOOMANYREQUESTS";
          default -> "";
        };
    String what =
        switch (status) {
          case 401 -> "unauthorized: authentication required";
          case 403 -> "denied: requested access to the resource is denied";
          case 429 -> "toomanyrequests: too many requests";
          default -> "received unexpected HTTP status: " + status;
        };
    return new RegistryRefusal(status, code, shown.isEmpty() ? what : what + ": " + shown);
  }

  /** A registry's words go to somebody's terminal: no control characters, and not without end. */
  private static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ");
    return clean.length() <= MAX_SHOWN ? clean : clean.substring(0, MAX_SHOWN) + "...";
  }

  int status() {
    return status;
  }

  /** {@code MANIFEST_UNKNOWN}; empty where the registry gave none. */
  String code() {
    return code;
  }

  /** Neither known nor allowed: which of both, a registry does not tell a stranger. */
  boolean isDenied() {
    return code.equals("DENIED") || code.equals("UNAUTHORIZED") || status == 401 || status == 403;
  }
}
