package io.jdocker.images.registry;

import io.jdocker.images.registry.Credentials.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The value of an Authorization field by RFC 7617. */
final class BasicAuthorization {
  private BasicAuthorization() {}

  static String of(Password password) {
    String pair = password.user() + ":" + password.secret();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
