package io.jdocker.images.registry;

import io.jdocker.images.Digest;
import io.jdocker.images.registry.BlobUpload.Sent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes and counts what is read through it. */
final class Hashing extends FilterInputStream {
  private final MessageDigest hash = Digest.start();
  private long size;

  Hashing(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      hash.update(buffer, offset, read);
      size += read;
    }
    return read;
  }

  /** What it was; asked once, at the end. */
  Sent sent() {
    return new Sent(Digest.finish(hash), size);
  }
}
