package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.MountSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of the host behind a bind. */
final class BindSource {
  private static final String WRONG = "invalid mount config for type \"bind\": ";

  private BindSource() {}

  /**
   * Refuses a part of the host that is not there and that nobody asked to make.
   *
   * @throws InvalidArgument as Docker does, when a container is created and again when it starts
   */
  static void check(MountSpec spec) {
    if (spec.kind() != MountSpec.Kind.BIND) {
      return;
    }
    if (!spec.source().startsWith("/")) {
      throw new InvalidArgument(
          WRONG + "invalid mount path: '" + spec.source() + "' mount path must be absolute");
    }
    if (!spec.createSource() && !Files.exists(Path.of(spec.source()))) {
      throw new InvalidArgument(WRONG + "bind source path does not exist: " + spec.source());
    }
  }

  /** Makes it where it is missing and may be made. */
  static void prepare(MountSpec spec) {
    check(spec);
    Path source = Path.of(spec.source());
    if (Files.exists(source)) {
      return;
    }
    try {
      Files.createDirectories(source);
    } catch (IOException e) {
      throw new InvalidArgument(
          "error while creating mount source path '" + spec.source() + "': " + e.getMessage(), e);
    }
  }
}
