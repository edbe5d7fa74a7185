package io.jdocker.images.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lays an archive down block by block, for what no well-behaved writer produces: broken fields,
 * numbers in base 256, lying sizes, a missing end. Only checksums are made right.
 */
public final class RawTar {
  public static final int BLOCK = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** One header block, with zeros wherever nothing was set. */
  public static final class Header {
    private final byte[] block = new byte[BLOCK];

    private Header(String name, char type) {
      at(0, name).at(100, "0000644\0").at(108, "0000000\0").at(116, "0000000\0");
      at(124, "00000000000\0").at(136, "00000000000\0").at(257, "ustar\00000");
      block[156] = (byte) type;
    }

    /** Writes characters 0 to 255 as bytes. */
    public Header at(int offset, String text) {
      byte[] written = text.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(written, 0, block, offset, written.length);
      return this;
    }

    public Header size(long size) {
      return at(124, String.format("%011o", size));
    }

    public Header link(String target) {
      return at(157, target);
    }

    /** The bytes, with the checksum that POSIX wants. */
    public byte[] sealed() {
      Arrays.fill(block, 148, 156, (byte) ' ');
      int sum = 0;
      for (byte b : block) {
        sum += b & 0xff;
      }
      return at(148, String.format("%06o\0 ", sum)).unsealed();
    }

    /** The bytes as they are. */
    public byte[] unsealed() {
      return block.clone();
    }
  }

  /** A header with mode 0644, root's, of a POSIX archive. */
  public static Header header(String name, char type) {
    return new Header(name, type);
  }

  public RawTar header(Header header) {
    return block(header.sealed());
  }

  /** A member whose size is that of its data. */
  public RawTar member(String name, char type, String data) {
    return header(header(name, type).size(data.length())).data(data);
  }

  /** Data, characters 0 to 255 as bytes, filled up to a block. */
  public RawTar data(String data) {
    byte[] written = data.getBytes(StandardCharsets.ISO_8859_1);
    return block(Arrays.copyOf(written, (written.length + BLOCK - 1) / BLOCK * BLOCK));
  }

  public RawTar block(byte[] block) {
    bytes.writeBytes(block);
    return this;
  }

  /** Blocks of zeros: two of them end an archive. */
  public RawTar zeros(int count) {
    return block(new byte[count * BLOCK]);
  }

  /** A PAX record with a length that is right. */
  public static String record(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.length();
    while (Integer.toString(length).length() + rest.length() != length) {
      length = Integer.toString(length).length() + rest.length();
    }
    return length + rest;
  }

  public byte[] build() {
    return bytes.toByteArray();
  }
}
