package io.jdocker.runtime.stdio;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The keys that take a client off a terminal without ending the process, as Docker writes them:
 * single characters and {@code ctrl-X} (X one of {@code @ a-z [ \ ] ^ _}) or {@code DEL}, joined by
 * commas. Immutable.
 */
public final class DetachKeys {
  private static final String CONTROL = "ctrl-";
  private static final String CONTROL_CHARACTERS = "@abcdefghijklmnopqrstuvwxyz[\\]^_";
  private static final int DELETE = 127;

  private final byte[] sequence;

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  /** Docker's default: ctrl-p, ctrl-q. */
  public static DetachKeys standard() {
    return new DetachKeys(new byte[] {16, 17});
  }

  /**
   * Reads keys; no text means the default.
   *
   * @throws InvalidArgument {@code Invalid detach keys (..) provided}
   */
  public static DetachKeys parse(String keys) {
    if (keys.isEmpty()) {
      return standard();
    }
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    for (String key : keys.split(",", -1)) {
      sequence.write(code(key, keys));
    }
    return new DetachKeys(sequence.toByteArray());
  }

  private static int code(String key, String keys) {
    if (key.length() == 1 && key.charAt(0) < 128) {
      return key.charAt(0);
    }
    if (key.equals("DEL")) {
      return DELETE;
    }
    if (key.startsWith(CONTROL) && key.length() == CONTROL.length() + 1) {
      int code = CONTROL_CHARACTERS.indexOf(key.charAt(CONTROL.length()));
      if (code >= 0) {
        return code;
      }
    }
    throw new InvalidArgument("Invalid detach keys (" + keys + ") provided");
  }

  /** A filter for one client's input. */
  public DetachFilter filter() {
    return new DetachFilter(sequence);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DetachKeys keys && Arrays.equals(sequence, keys.sequence);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sequence);
  }
}
