package io.jdocker.cli.registry;

import io.jdocker.cli.Session;
import java.util.Map;

/** Sends the caller's login along with a request that needs one. */
public final class RegistryAccess {
  private RegistryAccess() {}

  /** The head's field for the registry in an image's name; none where there is no login. */
  public static Map<String, String> fields(Session session, String image) {
    return DockerConfig.load(session.environment())
        .login(DockerConfig.registry(image))
        .map(Login::field)
        .orElse(Map.of());
  }
}
