package io.jdocker.images.tar;

import java.nio.charset.StandardCharsets;

/** Fills one header block: POSIX.1-2017 pax, "ustar Interchange Format". */
final class HeaderWriter {
  /** A place in the block. */
  record Field(int offset, int length) {}

  static final Field NAME = new Field(0, 100);
  static final Field MODE = new Field(100, 8);
  static final Field UID = new Field(108, 8);
  static final Field GID = new Field(116, 8);
  static final Field SIZE = new Field(124, 12);
  static final Field MTIME = new Field(136, 12);
  static final Field LINK = new Field(157, 100);
  static final Field MAJOR = new Field(329, 8);
  static final Field MINOR = new Field(337, 8);

  private static final Field CHECKSUM = new Field(148, 8);
  private static final int TYPE = 156;
  private static final int MAGIC = 257;

  private final byte[] block = new byte[TarHeader.BLOCK];

  HeaderWriter() {
    byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, block, MAGIC, magic.length);
    for (Field field : new Field[] {MODE, UID, GID, SIZE, MTIME}) {
      number(field, 0);
    }
  }

  /** Writes a text, cut where it is too long: a PAX record then has it whole. */
  HeaderWriter text(Field field, String text) {
    byte[] bytes = TarWriter.utf8(text);
    System.arraycopy(bytes, 0, block, field.offset(), Math.min(bytes.length, field.length()));
    return this;
  }

  HeaderWriter type(char flag) {
    block[TYPE] = (byte) flag;
    return this;
  }

  /** Writes octal digits and a zero byte. */
  HeaderWriter number(Field field, long value) {
    String digits = Long.toOctalString(value);
    int room = field.length() - 1;
    if (value < 0 || digits.length() > room) {
      throw new IllegalArgumentException(value + " does not fit " + room + " octal digits");
    }
    for (int i = 0; i < room; i++) {
      int from = i - (room - digits.length());
      block[field.offset() + i] = (byte) (from < 0 ? '0' : digits.charAt(from));
    }
    return this;
  }

  byte[] build() {
    for (int i = 0; i < CHECKSUM.length(); i++) {
      block[CHECKSUM.offset() + i] = ' ';
    }
    long sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    // Six digits, a zero byte and the blank that stands there.
    number(new Field(CHECKSUM.offset(), CHECKSUM.length() - 1), sum);
    block[CHECKSUM.offset() + CHECKSUM.length() - 2] = 0;
    return block;
  }
}
