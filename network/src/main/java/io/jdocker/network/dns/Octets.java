package io.jdocker.network.dns;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a message that nobody changes any more. Immutable. */
final class Octets {
  static final Octets NONE = new Octets(new byte[0]);

  private final byte[] content;

  private Octets(byte[] content) {
    this.content = content;
  }

  /** A copy of the bytes from one place to before another. */
  static Octets of(byte[] bytes, int start, int end) {
    return new Octets(Arrays.copyOfRange(bytes, start, end));
  }

  static Octets of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  int length() {
    return content.length;
  }

  byte[] copy() {
    return content.clone();
  }

  void putInto(ByteBuffer buffer) {
    buffer.put(content);
  }

  /** Whether other bytes begin as these do. */
  boolean startsLike(byte[] other, int count) {
    return Arrays.equals(content, 0, count, other, 0, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(content, octets.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " octets";
  }
}
