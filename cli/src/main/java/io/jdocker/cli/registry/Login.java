package io.jdocker.cli.registry;

import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What somebody is known by at a registry. Prints without its secrets.
 *
 * @param server as in docker's file: {@code https://index.docker.io/v1/}, {@code host:port}
 * @param identityToken in the password's stead; empty for none
 * @param registryToken to be sent as it is; empty for none
 */
public record Login(
    String server, String user, String secret, String identityToken, String registryToken) {
  private static final String HEADER = "X-Registry-Auth";

  /** By name and password. */
  public static Login password(String server, String user, String secret) {
    return new Login(server, user, secret, "", "");
  }

  /** The object that the API takes. */
  public JsonObject document() {
    return new JsonBody()
        .text("username", user)
        .text("password", secret)
        .text("identitytoken", identityToken)
        .text("registrytoken", registryToken)
        .text("serveraddress", server)
        .build();
  }

  /** The head's field that carries it. */
  public Map<String, String> field() {
    byte[] json = document().toString().getBytes(StandardCharsets.UTF_8);
    return Map.of(HEADER, Base64.getUrlEncoder().encodeToString(json));
  }

  @Override
  public String toString() {
    return user + " at " + server;
  }
}
