package io.jdocker.images;

import io.jdocker.images.stream.PassingInput;
import java.io.InputStream;

/** Writes what is read to a blob, too. To be read, not skipped. */
final class TeeInput extends PassingInput {
  private final BlobWriter copy;

  TeeInput(InputStream in, BlobWriter copy) {
    super(in);
    this.copy = copy;
  }

  @Override
  protected void passed(byte[] buffer, int offset, int count) {
    copy.write(buffer, offset, count);
  }
}
