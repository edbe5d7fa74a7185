package io.jdocker.runtime.stdio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON under construction, in UTF-8, with strings escaped as Go's encoding/json does: also {@code <
 * > &} (safe inside HTML) and U+2028, U+2029 (line ends in JavaScript), and each byte that is not
 * valid UTF-8 as {@code \ufffd}. One thread at a time.
 */
final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INVALID = "\\ufffd".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = "\\u202".getBytes(StandardCharsets.US_ASCII);

  private byte[] text;
  private int size;

  JsonText(int expectedSize) {
    text = new byte[expectedSize];
  }

  /** Appends text as it is. */
  JsonText raw(String json) {
    return raw(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends text as it is, in UTF-8. */
  JsonText raw(byte[] json) {
    ensure(json.length);
    System.arraycopy(json, 0, text, size, json.length);
    size += json.length;
    return this;
  }

  /** Appends a string with its quotes. */
  JsonText quoted(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return raw("\"").escaped(bytes, 0, bytes.length).raw("\"");
  }

  /** Appends bytes that are a string's content, without quotes. */
  JsonText escaped(byte[] bytes, int offset, int length) {
    ensure(length + length / 8);
    int end = offset + length;
    int i = offset;
    while (i < end) {
      byte unit = bytes[i];
      if (unit >= 0) {
        ascii(unit);
        i++;
      } else {
        int sequence = Utf8.sequenceLength(bytes, i, end);
        multiByte(bytes, i, sequence);
        i += Math.max(1, sequence);
      }
    }
    return this;
  }

  private void ascii(byte unit) {
    ensure(6);
    switch (unit) {
      case '"', '\\' -> pair(unit);
      case '\n' -> pair((byte) 'n');
      case '\r' -> pair((byte) 'r');
      case '<', '>', '&' -> unicode(unit);
      default -> {
        if (unit < 0x20) {
          unicode(unit);
        } else {
          text[size++] = unit;
        }
      }
    }
  }

  private void multiByte(byte[] bytes, int offset, int length) {
    if (length == 0) {
      raw(INVALID);
    } else if (length == 3
        && bytes[offset] == (byte) 0xe2
        && bytes[offset + 1] == (byte) 0x80
        && (bytes[offset + 2] & 0xfe) == 0xa8) {
      raw(LINE_END);
      ensure(1);
      text[size++] = HEX[bytes[offset + 2] & 0xf];
    } else {
      ensure(length);
      System.arraycopy(bytes, offset, text, size, length);
      size += length;
    }
  }

  private void pair(byte second) {
    text[size++] = '\\';
    text[size++] = second;
  }

  private void unicode(byte unit) {
    pair((byte) 'u');
    text[size++] = '0';
    text[size++] = '0';
    text[size++] = HEX[unit >> 4];
    text[size++] = HEX[unit & 0xf];
  }

  private void ensure(int more) {
    if (size + more > text.length) {
      text = Arrays.copyOf(text, Math.max(size + more, 2 * text.length));
    }
  }

  /** What was appended so far. */
  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(text, 0, size);
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Override
  public String toString() {
    return new String(text, 0, size, StandardCharsets.UTF_8);
  }
}
