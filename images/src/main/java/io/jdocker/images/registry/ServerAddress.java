package io.jdocker.images.registry;

import java.util.Set;

/** The registry that somebody means by what was typed to login, or stands in a client's file. */
final class ServerAddress {
  private static final Set<String> HUB =
      Set.of("", "docker.io", "index.docker.io", "registry-1.docker.io");

  private ServerAddress() {}

  /** The domain as in an image's name: {@code https://index.docker.io/v1/} is docker.io. */
  static String domain(String typed) {
    String host = typed.strip().replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    return HUB.contains(host) ? Endpoints.HUB : host;
  }
}
