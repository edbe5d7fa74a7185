package io.jdocker.runtime.stdio;

/**
 * The form of UTF-8 that Go's unicode/utf8 accepts: RFC 3629, table 3-7 of the Unicode standard.
 */
final class Utf8 {
  private Utf8() {}

  /** The length of the valid sequence of 2 to 4 bytes that begins here; 0 where none does. */
  static int sequenceLength(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    if (second < leastSecond(lead) || second > greatestSecond(lead)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Below it the sequence would be longer than it need be. */
  private static int leastSecond(int lead) {
    return switch (lead) {
      case 0xe0 -> 0xa0;
      case 0xf0 -> 0x90;
      default -> 0x80;
    };
  }

  /** Above it stand surrogates (after ED) and what lies beyond U+10FFFF (after F4). */
  private static int greatestSecond(int lead) {
    return switch (lead) {
      case 0xed -> 0x9f;
      case 0xf4 -> 0x8f;
      default -> 0xbf;
    };
  }
}
