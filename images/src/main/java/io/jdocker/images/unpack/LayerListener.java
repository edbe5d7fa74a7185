package io.jdocker.images.unpack;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarFormatException;

/** Told what a layer brings while it is unpacked, in the order of its archive. */
public interface LayerListener {
  /** Whoever listens to nothing. */
  LayerListener NONE = new LayerListener() {};

  /**
   * A file is there, in the place of what was there before under its path.
   *
   * @param checksum CRC-32 of a regular file's content; of one with holes, and of all others, -1
   */
  default void made(EntryPath path, TarEntry entry, long checksum) throws TarFormatException {}

  /** The file of lower layers at that path is hidden. */
  default void hidden(EntryPath path) {}

  /** All that lower layers have below that folder is hidden. */
  default void opaque(EntryPath folder) {}
}
