package io.jdocker.images;

/** Hears how an import or a load gets on. Called on the working thread; must not block long. */
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = new ProgressListener() {};

  /**
   * A layer is being unpacked.
   *
   * @param layer its diffID, or the archive's name for it where that is not known yet
   * @param current bytes of the stored layer read so far
   * @param total its size, or -1 where not known
   */
  default void unpacking(String layer, long current, long total) {}

  /** The layer was here already, or is complete now. */
  default void complete(String layer) {}

  /** Something was left out that the file system here cannot hold. */
  default void warning(String message) {}
}
