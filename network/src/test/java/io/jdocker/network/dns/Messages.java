package io.jdocker.network.dns;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds queries byte by byte, and reads headers of answers. */
final class Messages {
  static final int ID = 0x1267;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Messages() {}

  /** A header with that many records in each section. */
  static Messages header(int flags, int questions, int answers, int authorities, int additional) {
    return new Messages()
        .number(ID)
        .number(flags)
        .number(questions)
        .number(answers)
        .number(authorities)
        .number(additional);
  }

  /** A question as any client sends it: recursion desired, class IN. */
  static Messages question(String name, int type) {
    return header(0x0100, 1, 0, 0, 0).name(name).number(type).number(1);
  }

  static Query query(String name, int type) {
    return Query.parse(question(name, type).build()).orElseThrow();
  }

  Messages number(int value) {
    bytes.write(value >> 8);
    bytes.write(value);
    return this;
  }

  Messages octet(int value) {
    bytes.write(value);
    return this;
  }

  Messages name(String name) {
    for (String label : name.split("\\.", -1)) {
      label(label);
    }
    return octet(0);
  }

  Messages label(String label) {
    byte[] text = label.getBytes(StandardCharsets.ISO_8859_1);
    octet(text.length).bytes.write(text, 0, text.length);
    return this;
  }

  byte[] build() {
    return bytes.toByteArray();
  }

  static int number(byte[] message, int at) {
    return ByteBuffer.wrap(message).getShort(at) & 0xffff;
  }

  static int code(byte[] message) {
    return message[3] & 0xf;
  }

  static int answers(byte[] message) {
    return number(message, 6);
  }

  static boolean isCut(byte[] message) {
    return (number(message, 2) & Query.FLAG_TRUNCATED) != 0;
  }
}
