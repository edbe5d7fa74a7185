package io.jdocker.images;

import io.jdocker.images.ImageConfig.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One line of {@code docker history}.
 *
 * @param id the image's id for the newest line, {@code <missing>} for the others
 * @param tags names of the image, on the newest line only
 * @param size bytes of the files in its layer
 */
public record HistoryItem(
    String id, Instant created, String createdBy, List<String> tags, long size, String comment) {
  private static final String MISSING = "<missing>";

  /**
   * The lines of an image, newest first.
   *
   * @param layerSizes bytes of the files in each layer, base first
   */
  static List<HistoryItem> of(Image image, List<Long> layerSizes) {
    List<HistoryItem> items = new ArrayList<>();
    int layer = 0;
    for (HistoryEntry entry : image.config().history()) {
      boolean hasLayer = !entry.emptyLayer() && layer < layerSizes.size();
      long size = hasLayer ? layerSizes.get(layer++) : 0;
      items.add(
          new HistoryItem(
              MISSING,
              entry.created().orElse(Image.NEVER),
              entry.createdBy(),
              List.of(),
              size,
              entry.comment()));
    }
    // Some builders write no history: their layers are shown all the same.
    for (; layer < layerSizes.size(); layer++) {
      items.add(
          new HistoryItem(MISSING, image.created(), "", List.of(), layerSizes.get(layer), ""));
    }
    Collections.reverse(items);
    if (!items.isEmpty()) {
      items.set(0, items.get(0).as(image));
    }
    return List.copyOf(items);
  }

  private HistoryItem as(Image image) {
    return new HistoryItem(
        image.id().toString(), created, createdBy, image.repoTags(), size, comment);
  }
}
