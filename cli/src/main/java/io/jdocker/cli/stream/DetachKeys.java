package io.jdocker.cli.stream;

import java.io.ByteArrayOutputStream;

/**
 * Finds the key sequence that leaves a container running: {@code ctrl-p,ctrl-q}. Bytes that might
 * begin it are held back until the next ones decide.
 */
public final class DetachKeys {
  private static final String DEFAULT = "ctrl-p,ctrl-q";

  private final byte[] sequence;
  private int matched;

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  /**
   * Reads a sequence: single characters and {@code ctrl-X}, separated by commas.
   *
   * @param text empty for docker's default
   * @throws IllegalArgumentException when a key is unknown
   */
  public static DetachKeys parse(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String key : (text.isEmpty() ? DEFAULT : text).split(",", -1)) {
      bytes.write(code(key));
    }
    return new DetachKeys(bytes.toByteArray());
  }

  /** The same, docker's default for what is no sequence: the daemon refuses it, and says why. */
  public static DetachKeys orDefault(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      return parse("");
    }
  }

  private static int code(String key) {
    if (key.length() == 1) {
      return key.charAt(0);
    }
    if (key.startsWith("ctrl-") && key.length() == 6) {
      char c = key.charAt(5);
      if (c >= 'a' && c <= 'z') {
        return c - 'a' + 1;
      }
      int other = "@[\\]^_".indexOf(c);
      if (other >= 0) {
        return other == 0 ? 0 : 26 + other;
      }
    }
    throw new IllegalArgumentException("Unknown character: '" + key + "'");
  }

  /**
   * Takes what was typed and gives what may go on to the container.
   *
   * @param typed the new bytes, the first {@code length} of the array
   */
  public byte[] pass(byte[] typed, int length) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream(length);
    for (int i = 0; i < length && !isComplete(); i++) {
      if (typed[i] == sequence[matched]) {
        matched++;
        continue;
      }
      passed.write(sequence, 0, matched);
      matched = 0;
      if (typed[i] == sequence[0]) {
        matched = 1;
      } else {
        passed.write(typed[i]);
      }
    }
    return passed.toByteArray();
  }

  /** True once the whole sequence was typed. */
  public boolean isComplete() {
    return matched == sequence.length;
  }
}
