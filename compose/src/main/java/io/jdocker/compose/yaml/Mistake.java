package io.jdocker.compose.yaml;

import io.jdocker.linux.failure.InvalidArgument;

/** Words a mistake in a file: where, on which key, what. */
public final class Mistake {
  private Mistake() {}

  /**
   * A value that the specification does not allow.
   *
   * @param path the keys that lead there: {@code services.web.ports.0}
   */
  public static InvalidArgument at(Position position, String path, String what) {
    String subject = path.isEmpty() ? "" : path + " ";
    return position.file().isEmpty()
        ? new InvalidArgument(subject + what)
        : new InvalidArgument("validating " + position + ": " + subject + what);
  }
}
