package io.jdocker.images.registry;

import io.jdocker.images.Digest;
import io.jdocker.images.registry.BlobUpload.Sent;
import io.jdocker.images.stream.PassingInput;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes and counts what is read through it. */
final class Hashing extends PassingInput {
  private final MessageDigest hash = Digest.start();
  private long size;

  Hashing(InputStream in) {
    super(in);
  }

  @Override
  protected void passed(byte[] buffer, int offset, int count) {
    hash.update(buffer, offset, count);
    size += count;
  }

  /** What it was; asked once, at the end. */
  Sent sent() {
    return new Sent(Digest.finish(hash), size);
  }
}
