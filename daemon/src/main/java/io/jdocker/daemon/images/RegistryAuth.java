package io.jdocker.daemon.images;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.images.registry.Credentials;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The credentials that come with a request: {@code X-Registry-Auth}, base64 of a JSON object. */
final class RegistryAuth {
  private RegistryAuth() {}

  /**
   * Reads the header; base64 of either alphabet, padded or not. Absent means anonymous.
   *
   * @throws InvalidArgument when it is none of these; without a word of its content
   */
  static Credentials of(Exchange exchange) {
    String header = exchange.request().header("X-Registry-Auth").orElse("");
    if (header.isEmpty()) {
      return new Credentials.Anonymous();
    }
    String text = header.strip().replace('+', '-').replace('/', '_').replaceAll("=+$", "");
    try {
      String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      return read(JsonParser.parseString(json).getAsJsonObject());
    } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
      throw new InvalidArgument("invalid X-Registry-Auth header: not base64 of a JSON object", e);
    }
  }

  /** Reads the object, as it also comes in the body of a login. */
  static Credentials read(JsonObject object) {
    String registry = text(object, "registrytoken");
    String identity = text(object, "identitytoken");
    String user = text(object, "username");
    if (!registry.isEmpty()) {
      return new Credentials.RegistryToken(registry);
    }
    if (!identity.isEmpty()) {
      return new Credentials.IdentityToken(identity);
    }
    return user.isEmpty()
        ? new Credentials.Anonymous()
        : new Credentials.Password(user, text(object, "password"));
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
