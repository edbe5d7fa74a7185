package io.jdocker.images.registry;

import io.jdocker.images.stream.PassingInput;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes of a content have been taken to be sent. */
final class Sending extends PassingInput {
  private final LongConsumer progress;
  private long count;

  Sending(InputStream in, LongConsumer progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  protected void passed(byte[] buffer, int offset, int length) {
    count += length;
    progress.accept(count);
  }
}
