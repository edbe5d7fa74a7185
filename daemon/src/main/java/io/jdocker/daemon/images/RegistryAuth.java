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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The credentials that come with a request: {@code X-Registry-Auth}, base64 of a JSON object. */
public final class RegistryAuth {
  private RegistryAuth() {}

  /**
   * Reads the header; base64 of either alphabet, padded or not. Absent means anonymous.
   *
   * @throws InvalidArgument when it is none of these; without a word of its content
   */
  static Credentials of(Exchange exchange) {
    return header(exchange, "X-Registry-Auth")
        .map(RegistryAuth::read)
        .orElseGet(Credentials.Anonymous::new);
  }

  /**
   * Those of several registries, by their names: {@code X-Registry-Config} of a build.
   *
   * @throws InvalidArgument as {@link #of}
   */
  public static Map<String, Credentials> all(Exchange exchange) {
    Map<String, Credentials> all = new LinkedHashMap<>();
    header(exchange, "X-Registry-Config")
        .ifPresent(
            object -> {
              for (String address : object.keySet()) {
                if (object.get(address).isJsonObject()) {
                  all.put(registry(address), read(object.getAsJsonObject(address)));
                }
              }
            });
    return all;
  }

  /** {@code https://index.docker.io/v1/} is docker.io. */
  private static String registry(String address) {
    String host = address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    return host.equals("index.docker.io") ? "docker.io" : host;
  }

  private static Optional<JsonObject> header(Exchange exchange, String name) {
    String header = exchange.request().header(name).orElse("");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String text = header.strip().replace('+', '-').replace('/', '_').replaceAll("=+$", "");
    try {
      String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      JsonElement element = JsonParser.parseString(json);
      return element.isJsonNull() ? Optional.empty() : Optional.of(element.getAsJsonObject());
    } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
      throw new InvalidArgument("invalid " + name + " header: not base64 of a JSON object", e);
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
