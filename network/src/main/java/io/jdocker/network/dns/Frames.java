package io.jdocker.network.dns;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts what arrives by TCP into messages, each with two bytes of length in front. One thread. */
final class Frames {
  private static final int PREFIX = 2;

  private byte[] pending = {};

  /** Adds what was read. */
  void add(byte[] bytes) {
    byte[] joined = Arrays.copyOf(pending, pending.length + bytes.length);
    System.arraycopy(bytes, 0, joined, pending.length, bytes.length);
    pending = joined;
  }

  /** The next message, once all of it is there. */
  Optional<byte[]> next() {
    if (pending.length < PREFIX) {
      return Optional.empty();
    }
    int length = ((pending[0] & 0xff) << 8) | (pending[1] & 0xff);
    if (pending.length < PREFIX + length) {
      return Optional.empty();
    }
    byte[] message = Arrays.copyOfRange(pending, PREFIX, PREFIX + length);
    pending = Arrays.copyOfRange(pending, PREFIX + length, pending.length);
    return Optional.of(message);
  }

  /** A message with its length in front. */
  static byte[] framed(byte[] message) {
    ByteArrayOutputStream framed = new ByteArrayOutputStream(PREFIX + message.length);
    framed.write(message.length >> 8);
    framed.write(message.length);
    framed.write(message, 0, message.length);
    return framed.toByteArray();
  }
}
