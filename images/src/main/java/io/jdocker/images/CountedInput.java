package io.jdocker.images;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a listener how far the reading of a layer has come, every half MiB. */
final class CountedInput extends FilterInputStream {
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
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count += Math.max(read, 0);
    if (count - told >= STEP) {
      told = count;
      progress.unpacking(layer, count, total);
    }
    return read;
  }
}
