package io.jdocker.images.tar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One header block as it lies in the archive (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar
 * manual, "Basic Tar Format").
 */
final class TarHeader {
  static final int BLOCK = 512;

  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_END = 156;
  private static final int MAGIC_AT = 257;
  private static final byte[] POSIX_MAGIC = "ustar\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GNU_MAGIC = "ustar  \0".getBytes(StandardCharsets.US_ASCII);

  private final byte[] block;

  private TarHeader(byte[] block) {
    this.block = block;
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  static TarHeader parse(byte[] block) throws TarFormatException {
    TarHeader header = new TarHeader(block);
    header.checkSum();
    return header;
  }

  /** A block that continues a header and has no checksum of its own. */
  static TarHeader extension(byte[] block) {
    return new TarHeader(block);
  }

  private void checkSum() throws TarFormatException {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      byte b = i >= CHECKSUM_AT && i < CHECKSUM_END ? (byte) ' ' : block[i];
      unsigned += b & 0xff;
      signed += b;
    }
    long stored = number(CHECKSUM_AT, 8);
    // Old Sun tars summed signed bytes.
    if (stored != unsigned && stored != signed) {
      throw new TarFormatException("invalid tar header (checksum mismatch)");
    }
  }

  boolean isGnu() {
    return Arrays.equals(block, MAGIC_AT, MAGIC_AT + 8, GNU_MAGIC, 0, 8);
  }

  char type() {
    return (char) (block[156] & 0xff);
  }

  String name() throws TarFormatException {
    String name = text(0, 100);
    boolean posix = Arrays.equals(block, MAGIC_AT, MAGIC_AT + 6, POSIX_MAGIC, 0, 6);
    String prefix = posix ? text(345, 155) : "";
    return prefix.isEmpty() ? name : prefix + '/' + name;
  }

  String linkName() throws TarFormatException {
    return text(157, 100);
  }

  long mode() throws TarFormatException {
    return number(100, 8);
  }

  long uid() throws TarFormatException {
    return number(108, 8);
  }

  long gid() throws TarFormatException {
    return number(116, 8);
  }

  long size() throws TarFormatException {
    long size = number(124, 12);
    if (size < 0) {
      throw new TarFormatException("invalid tar header (negative size)");
    }
    return size;
  }

  long mtime() throws TarFormatException {
    return number(136, 12);
  }

  long deviceMajor() throws TarFormatException {
    return number(329, 8);
  }

  long deviceMinor() throws TarFormatException {
    return number(337, 8);
  }

  String text(int offset, int length) throws TarFormatException {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return decode(block, offset, end);
  }

  /** A number in octal, or in GNU's base 256 where it did not fit. */
  long number(int offset, int length) throws TarFormatException {
    return (block[offset] & 0x80) != 0 ? binary(offset, length) : octal(offset, length);
  }

  private long binary(int offset, int length) throws TarFormatException {
    boolean negative = (block[offset] & 0x40) != 0;
    long value = negative ? -1 : 0;
    for (int i = 0; i < length; i++) {
      int b = block[offset + i] & 0xff;
      if (i == 0) {
        b = negative ? b | 0x80 : b & 0x7f;
      }
      if (i < length - 8 && b != (negative ? 0xff : 0)) {
        throw new TarFormatException("invalid tar header (number too large)");
      }
      value = value << 8 | b;
    }
    if (negative != value < 0) {
      throw new TarFormatException("invalid tar header (number too large)");
    }
    return value;
  }

  private long octal(int offset, int length) throws TarFormatException {
    long value = 0;
    boolean ended = false;
    for (int i = offset; i < offset + length; i++) {
      int b = block[i];
      if (b >= '0' && b <= '7' && !ended) {
        value = value << 3 | (b - '0');
      } else if (b == ' ' || b == 0) {
        ended = ended || value != 0 || (i > offset && block[i - 1] == '0');
      } else {
        throw new TarFormatException("invalid tar header (bad number)");
      }
    }
    return value;
  }

  byte at(int offset) {
    return block[offset];
  }

  /** File names are bytes to the kernel; jdocker carries those that are UTF-8 text. */
  static String decode(byte[] bytes, int from, int to) throws TarFormatException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      String shown = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
      throw new TarFormatException("file name is not UTF-8: " + shown);
    }
  }
}
