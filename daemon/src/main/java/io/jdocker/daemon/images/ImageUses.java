package io.jdocker.daemon.images;

import io.jdocker.images.Digest;
import io.jdocker.images.ImageUse;
import io.jdocker.runtime.Engine;
import java.util.List;

/** Which containers hold which images. */
final class ImageUses {
  private ImageUses() {}

  static List<ImageUse> of(Engine engine) {
    return engine.containers().list().stream()
        .map(
            container ->
                new ImageUse(
                    container.id().hex(),
                    Digest.parse(container.record().imageId()),
                    container.state().status().countsAsRunning()))
        .toList();
  }
}
