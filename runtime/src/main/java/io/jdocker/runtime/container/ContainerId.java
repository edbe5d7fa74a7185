package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A container's id.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ContainerId(String hex) implements Comparable<ContainerId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DIGITS_ALONE = Pattern.compile("[0-9]{12}.*");
  private static final int BYTES = 32;
  private static final int SHORT = 12;

  public ContainerId {
    if (!FORM.matcher(hex).matches()) {
      throw new InvalidArgument("not a container id: " + hex);
    }
  }

  /** A new id, whose short form is not all digits, so that it can serve as a host name. */
  public static ContainerId random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    String hex;
    do {
      random.nextBytes(bytes);
      hex = HexFormat.of().formatHex(bytes);
    } while (DIGITS_ALONE.matcher(hex).matches());
    return new ContainerId(hex);
  }

  /** The first 12 digits, as tables show it. */
  public String shortForm() {
    return hex.substring(0, SHORT);
  }

  @Override
  public int compareTo(ContainerId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
