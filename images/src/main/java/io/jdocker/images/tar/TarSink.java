package io.jdocker.images.tar;

import java.io.IOException;
import java.io.InputStream;

/** Takes the members of an archive or a tree, one after another: folders before what they hold. */
@FunctionalInterface
public interface TarSink {
  /**
   * Takes one member.
   *
   * @param content its data, {@link TarEntry#size} bytes; not closed, and read during the call only
   */
  void put(TarEntry entry, InputStream content) throws IOException;

  /** Takes a member that has no data. */
  default void put(TarEntry entry) throws IOException {
    put(entry, InputStream.nullInputStream());
  }
}
