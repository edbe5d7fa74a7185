package io.jdocker.images;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Writes what is read to a blob, too. To be read, not skipped. */
final class TeeInput extends FilterInputStream {
  private final BlobWriter copy;

  TeeInput(InputStream in, BlobWriter copy) {
    super(in);
    this.copy = copy;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      copy.write(buffer, offset, count);
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
