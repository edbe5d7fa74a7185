package io.jdocker.images;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Writes a blob to tmp/ and hashes it on the way. One thread at a time. */
final class BlobWriter implements AutoCloseable {
  private final Path file;
  private final OutputStream out;
  private final MessageDigest hash = Digest.start();
  private long size;

  BlobWriter(Path file) {
    this.file = file;
    try {
      this.out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  void write(byte[] buffer, int offset, int length) {
    hash.update(buffer, offset, length);
    try {
      out.write(buffer, offset, length);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    size += length;
  }

  /** Bytes so far. */
  long size() {
    return size;
  }

  /** Ends the blob. It is not on disk for good until {@link Ingest#commit}. */
  StagedBlob finish() {
    close();
    return new StagedBlob(file, Digest.finish(hash), size);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private SystemFailure cannotWrite(IOException e) {
    return new SystemFailure("cannot write " + file + ": " + e.getMessage(), e);
  }
}
