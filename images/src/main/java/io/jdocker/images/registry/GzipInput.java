package io.jdocker.images.registry;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/**
 * Compresses what is read through it (RFC 1952). The same content gives the same bytes: no name, no
 * time. Level 1, as level 6 takes three times as long for a tenth less.
 */
final class GzipInput extends FilterInputStream {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 255};
  private static final int BUFFER = 1 << 16;

  private final CRC32 checksum;
  private final Deflater deflater;
  private final InputStream body;
  private InputStream part = new ByteArrayInputStream(HEADER);
  private boolean last;

  GzipInput(InputStream content) {
    this(content, new CRC32(), new Deflater(Deflater.BEST_SPEED, true));
  }

  private GzipInput(InputStream content, CRC32 checksum, Deflater deflater) {
    super(content);
    this.checksum = checksum;
    this.deflater = deflater;
    this.body =
        new DeflaterInputStream(new CheckedInputStream(content, checksum), deflater, BUFFER);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = part.read(buffer, offset, length);
    while (count < 0 && !last) {
      last = part == body;
      part = last ? new ByteArrayInputStream(trailer()) : body;
      count = part.read(buffer, offset, length);
    }
    return count;
  }

  private byte[] trailer() {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) checksum.getValue())
        .putInt((int) deflater.getBytesRead())
        .array();
  }

  @Override
  public int available() {
    return last ? 0 : 1;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    super.close();
  }
}
