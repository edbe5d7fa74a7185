package io.jdocker.network.driver;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings of the engine's own network namespace, below /proc/sys/net. */
final class HostSettings {
  private static final Path ROOT = Path.of("/proc/sys");

  private HostSettings() {}

  /** Sets it unless it has that value; true when it was changed. */
  static boolean set(String name, String value) {
    Path file = ROOT.resolve(name.replace('.', '/'));
    try {
      if (Files.readString(file).strip().equals(value)) {
        return false;
      }
      Files.writeString(file, value);
      return true;
    } catch (IOException e) {
      throw new SystemFailure(
          "cannot set "
              + name
              + " to "
              + value
              + ": "
              + e.getMessage()
              + ": bridge networks need it",
          e);
    }
  }

  /** True where the setting is there and is 1. */
  static boolean isOn(String name) {
    Path file = ROOT.resolve(name.replace('.', '/'));
    try {
      return Files.exists(file) && Files.readString(file).strip().equals("1");
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + name + ": " + e.getMessage(), e);
    }
  }
}
