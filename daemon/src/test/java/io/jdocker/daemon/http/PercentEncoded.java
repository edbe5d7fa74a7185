package io.jdocker.daemon.http;

/** Paths as people write them, for requests. */
public final class PercentEncoded {
  private PercentEncoded() {}

  /** Encodes what a request line cannot carry: blanks, quotes, braces and brackets. */
  public static String path(String readable) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < readable.length(); i++) {
      char c = readable.charAt(i);
      if (c <= ' ' || "\"{}[]\\^`|<>".indexOf(c) >= 0) {
        encoded.append(String.format("%%%02X", (int) c));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }
}
