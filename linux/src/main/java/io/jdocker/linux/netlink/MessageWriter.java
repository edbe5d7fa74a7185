package io.jdocker.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Builds one netlink message: header, family header, attributes, nested attributes. Numbers are in
 * the machine's byte order, everything is padded to 4 bytes (netlink(7), NLA_ALIGN). One thread.
 */
final class MessageWriter {
  private static final int HEADER = 16;
  private static final int NLA_F_NESTED = 1 << 15;

  private final Deque<Integer> open = new ArrayDeque<>();
  private ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

  MessageWriter(int type, int flags) {
    buffer.putInt(0).putShort((short) type).putShort((short) flags).putInt(0).putInt(0);
  }

  MessageWriter u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  MessageWriter u16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  MessageWriter u32(int value) {
    room(4).putInt(value);
    return this;
  }

  MessageWriter attribute(int type, byte[] value) {
    int length = 4 + value.length;
    if (length > 0xffff) {
      throw new IllegalArgumentException("netlink attribute of " + value.length + " bytes");
    }
    room(align(length)).putShort((short) length).putShort((short) type).put(value);
    return pad();
  }

  MessageWriter attribute(int type, int value) {
    room(8).putShort((short) 8).putShort((short) type).putInt(value);
    return this;
  }

  MessageWriter attributeByte(int type, int value) {
    return attribute(type, new byte[] {(byte) value});
  }

  MessageWriter attributeShort(int type, int value) {
    room(8).putShort((short) 6).putShort((short) type).putShort((short) value);
    return pad();
  }

  /** A NUL-terminated text. */
  MessageWriter attribute(int type, String text) {
    return attribute(type, (text + '\0').getBytes(StandardCharsets.UTF_8));
  }

  MessageWriter begin(int type) {
    room(4);
    open.push(buffer.position());
    buffer.putShort((short) 0).putShort((short) (type | NLA_F_NESTED));
    return this;
  }

  MessageWriter end() {
    int start = open.pop();
    int length = buffer.position() - start;
    if (length > 0xffff) {
      throw new IllegalArgumentException("nested netlink attribute of " + length + " bytes");
    }
    buffer.putShort(start, (short) length);
    return this;
  }

  /** The finished message with its sequence number. */
  byte[] finish(int sequence) {
    if (!open.isEmpty()) {
      throw new IllegalStateException("nested netlink attribute was not ended");
    }
    buffer.putInt(0, buffer.position()).putInt(8, sequence);
    byte[] message = new byte[buffer.position()];
    buffer.get(0, message);
    return message;
  }

  private MessageWriter pad() {
    while ((buffer.position() - HEADER) % 4 != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes + 4) {
      ByteBuffer larger =
          ByteBuffer.allocate(buffer.capacity() * 2 + bytes).order(ByteOrder.nativeOrder());
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }

  static int align(int length) {
    return (length + 3) & ~3;
  }
}
