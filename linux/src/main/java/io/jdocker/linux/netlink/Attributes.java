package io.jdocker.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The attributes of a message, by type. Every length is checked against what is left, so that a
 * wrong one ends in an exception and never in a read beyond the message (CVE-2021-43784 was such a
 * length). Immutable.
 */
final class Attributes {
  private static final int TYPE_MASK = 0x3fff;

  private final Map<Integer, ByteBuffer> values;

  private Attributes(Map<Integer, ByteBuffer> values) {
    this.values = values;
  }

  /** Parses all that is left in the buffer; where a type stands twice the last one counts. */
  static Attributes parse(ByteBuffer rest) {
    Map<Integer, ByteBuffer> values = new HashMap<>();
    ByteBuffer buffer = rest.slice().order(ByteOrder.nativeOrder());
    while (buffer.remaining() >= 4) {
      int start = buffer.position();
      int length = buffer.getShort() & 0xffff;
      int type = buffer.getShort() & TYPE_MASK;
      if (length < 4 || length - 4 > buffer.remaining()) {
        throw new MalformedMessageException(
            "netlink attribute "
                + type
                + " claims "
                + length
                + " bytes, "
                + (buffer.remaining() + 4)
                + " are left");
      }
      values.put(type, buffer.slice(start + 4, length - 4));
      buffer.position(Math.min(start + MessageWriter.align(length), buffer.limit()));
    }
    return new Attributes(values);
  }

  static Attributes none() {
    return new Attributes(Map.of());
  }

  Optional<byte[]> bytes(int type) {
    ByteBuffer value = values.get(type);
    if (value == null) {
      return Optional.empty();
    }
    byte[] copy = new byte[value.remaining()];
    value.get(0, copy);
    return Optional.of(copy);
  }

  OptionalInt integer(int type) {
    ByteBuffer value = values.get(type);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value.remaining() < 4) {
      throw new MalformedMessageException("netlink attribute " + type + " is no 32-bit number");
    }
    return OptionalInt.of(value.order(ByteOrder.nativeOrder()).getInt(0));
  }

  /** A text up to its NUL; empty text where the attribute is absent. */
  String text(int type) {
    return bytes(type)
        .map(
            b -> {
              int end = 0;
              while (end < b.length && b[end] != 0) {
                end++;
              }
              return new String(b, 0, end, StandardCharsets.UTF_8);
            })
        .orElse("");
  }

  Attributes nested(int type) {
    ByteBuffer value = values.get(type);
    return value == null ? none() : parse(value);
  }
}
