package io.jdocker.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The blob of a layer on its way into the store: it may be read while it arrives. */
public interface LayerSource {
  /** What its content must have. */
  Digest digest();

  /** Bytes of the whole. */
  long size();

  /** Its content from the start; a read waits for what has not arrived yet. */
  InputStream open() throws IOException;

  /**
   * Waits until all of it is there and has the digest.
   *
   * @throws IOException when it will not come
   */
  void complete() throws IOException;

  /** Where it lies; on the store's file system, and from there taken into the store. */
  Path file();
}
