package io.jdocker.images;

import io.jdocker.images.hash.FastSha256;
import io.jdocker.linux.failure.InvalidArgument;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of some content; prints as {@code sha256:<64 hex digits>}. As it becomes a file name,
 * nothing but lower-case hex gets in (CVE-2024-3727).
 *
 * @param hex 64 lower-case hex digits
 */
public record Digest(String hex) implements Comparable<Digest> {
  /** The text before the hex digits. */
  public static final String PREFIX = "sha256:";

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT_LENGTH = 12;

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new InvalidArgument(
          "invalid checksum digest format: \"" + hex + "\" is not 64 lower-case hex digits");
    }
  }

  /** Reads {@code sha256:<hex>}. */
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new InvalidArgument(
          "invalid checksum digest format: \"" + text + "\" does not start with " + PREFIX);
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** Whether the text can be the hex digits of one. */
  static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  /** The digest of the bytes of a small document. */
  public static Digest of(byte[] content) {
    return finish(FastSha256.jdk().digest(content));
  }

  /** A hash to feed; {@link #finish(MessageDigest)} makes it a digest. */
  public static MessageDigest start() {
    return FastSha256.start();
  }

  /** What the hash has come to. */
  public static Digest finish(MessageDigest hash) {
    return finish(hash.digest());
  }

  private static Digest finish(byte[] hash) {
    return new Digest(HexFormat.of().formatHex(hash));
  }

  /** The first twelve hex digits, as people see ids. */
  public String shortHex() {
    return hex.substring(0, SHORT_LENGTH);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
