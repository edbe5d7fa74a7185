package io.jdocker.images.stream;

import java.io.IOException;
import java.io.InputStream;

/** A stream whose content is looked at while it is read: all of it, in its order, once. */
public abstract class PassingInput extends BlockInput {
  private final InputStream in;

  /**
   * @param in closed with this one
   */
  protected PassingInput(InputStream in) {
    this.in = in;
  }

  /** Some of the content has been read: {@code count} bytes from an offset, at least one. */
  protected abstract void passed(byte[] buffer, int offset, int count) throws IOException;

  @Override
  public final int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count > 0) {
      passed(buffer, offset, count);
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
