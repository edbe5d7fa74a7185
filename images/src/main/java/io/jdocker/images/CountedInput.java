package io.jdocker.images;

import io.jdocker.images.stream.PassingInput;
import java.io.InputStream;

/** Tells a listener how far the reading of a layer has come, every half MiB. */
final class CountedInput extends PassingInput {
  private static final long STEP = 1 << 19;

  private final String layer;
  private final long total;
  private final ProgressListener progress;
  private long count;
  private long told;

  /**
   * @param total bytes of the stream, or -1 where not known
   */
  CountedInput(InputStream in, String layer, long total, ProgressListener progress) {
    super(in);
    this.layer = layer;
    this.total = total;
    this.progress = progress;
  }

  @Override
  protected void passed(byte[] buffer, int offset, int length) {
    count += length;
    if (count - told >= STEP) {
      told = count;
      progress.unpacking(layer, count, total);
    }
  }
}
