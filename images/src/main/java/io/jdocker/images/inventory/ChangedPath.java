package io.jdocker.images.inventory;

/**
 * What a layer has done to one path.
 *
 * @param file as it is now, or as it was before it was deleted
 * @param size bytes that this layer has for it; of what was deleted, those below that are hidden
 */
public record ChangedPath(Change change, FileRecord file, long size) {
  /** How the path differs from the layers below. */
  public enum Change {
    ADDED,
    CHANGED,
    DELETED
  }

  public String path() {
    return file.path();
  }
}
