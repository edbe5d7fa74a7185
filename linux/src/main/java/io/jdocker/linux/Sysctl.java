package io.jdocker.linux;

import io.jdocker.linux.failure.SystemFailure;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Kernel settings below /proc/sys, by name as sysctl(8) has them. Those of the network are the
 * settings of the calling thread's network namespace. Stateless.
 */
public final class Sysctl {
  private static final Path ROOT = Path.of("/proc/sys");
  private static final int LONGEST = 4096;

  private Sysctl() {}

  /** True where the kernel at hand has the setting. */
  public static boolean exists(String name) {
    return Files.exists(file(name));
  }

  /**
   * The value without the line's end. It is read by one read(2): the kernel gives a vector of
   * numbers at offset 0 only, and {@link Files#readString} reads a byte first.
   */
  public static String read(String name) {
    try (FileInputStream in = new FileInputStream(file(name).toFile())) {
      byte[] buffer = new byte[LONGEST];
      int length = in.read(buffer);
      return new String(buffer, 0, Math.max(length, 0), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new SystemFailure("cannot read the setting " + name + ": " + e.getMessage(), e);
    }
  }

  /** Sets it unless it has that value; true when it was changed. */
  public static boolean set(String name, String value) {
    if (read(name).equals(value)) {
      return false;
    }
    try {
      Files.writeString(file(name), value);
      return true;
    } catch (IOException e) {
      throw new SystemFailure("cannot set " + name + " to " + value + ": " + e.getMessage(), e);
    }
  }

  /** As with sysctl(8) a name with a slash is a path, where dots are dots: links may have them. */
  private static Path file(String name) {
    return ROOT.resolve(name.indexOf('/') >= 0 ? name : name.replace('.', '/'));
  }
}
