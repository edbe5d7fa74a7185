package io.jdocker.images;

import java.util.List;
import java.util.Optional;

/**
 * Writable root file systems of containers on top of images. Layers that a snapshot stands on are
 * kept, even when their image is removed. Thread-safe for different keys.
 */
public interface Snapshotter {
  /**
   * Makes the writable folders for a container.
   *
   * @param key the container's id: letters, digits, {@code _.-}
   * @throws io.jdocker.linux.failure.Conflict when the key is taken
   */
  OverlayMount prepare(String key, Image image);

  /** The snapshot of that key, also after a restart of the engine. */
  Optional<OverlayMount> find(String key);

  /** Every key, also of those half made when the engine was killed. */
  List<String> list();

  /** Deletes what the container wrote. Does nothing when there is no such key. */
  void remove(String key);
}
