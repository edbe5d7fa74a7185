package io.jdocker.cli.http;

import java.nio.charset.StandardCharsets;

/**
 * A path with its query, percent-encoded (RFC 3986). Parameters with an empty value are left out.
 */
public final class Query {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder text;
  private char separator = '?';

  private Query(String path) {
    this.text = new StringBuilder(path);
  }

  /** A path given as it is on the wire. */
  public static Query of(String path) {
    return new Query(path);
  }

  /** {@code /containers/NAME/verb}, the name encoded. */
  public static Query of(String prefix, String name, String suffix) {
    return new Query(prefix + encode(name, "/:@") + suffix);
  }

  public Query with(String name, String value) {
    if (!value.isEmpty()) {
      text.append(separator).append(name).append('=').append(encode(value, ""));
      separator = '&';
    }
    return this;
  }

  /** Adds {@code name=1} when the condition holds. */
  public Query when(boolean condition, String name) {
    return condition ? with(name, "1") : this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String encode(String value, String alsoPlain) {
    StringBuilder encoded = new StringBuilder(value.length() + 16);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isPlain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0
              || alsoPlain.indexOf(c) >= 0;
      if (isPlain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }
}
