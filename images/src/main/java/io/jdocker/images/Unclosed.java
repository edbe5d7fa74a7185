package io.jdocker.images;

import java.io.FilterInputStream;
import java.io.InputStream;

/** A stream that belongs to somebody else: closing a decoder on top frees the decoder alone. */
final class Unclosed extends FilterInputStream {
  Unclosed(InputStream in) {
    super(in);
  }

  @Override
  public void close() {
    // The owner closes it.
  }
}
