package io.jdocker.images;

import io.jdocker.images.ImageConfig.HistoryEntry;
import io.jdocker.images.inventory.ChangedPath;
import io.jdocker.images.inventory.MergedFiles;
import io.jdocker.linux.failure.NotFound;
import java.util.ArrayList;
import java.util.List;

/** Tells what each layer of an image did: its history and its layers, side by side. */
final class ImageExplanation {
  private final Catalog catalog;
  private final Inventories inventories;
  private final List<ImageLayer> layers;

  ImageExplanation(Catalog catalog, Inventories inventories, List<ImageLayer> layers) {
    this.catalog = catalog;
    this.inventories = inventories;
    this.layers = layers;
  }

  ExplainedImage of(Image image) {
    List<String> instructions =
        image.config().history().stream()
            .filter(entry -> !entry.emptyLayer())
            .map(HistoryEntry::createdBy)
            .toList();
    MergedFiles merged = new MergedFiles();
    List<ExplainedLayer> explained = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      ImageLayer layer = layers.get(i);
      Layer record =
          catalog
              .layer(layer.chainId())
              .orElseThrow(() -> new NotFound("No such layer: " + layer.chainId()));
      long before = merged.wasted();
      List<ChangedPath> changes = merged.add(inventories.of(record));
      String instruction = i < instructions.size() ? instructions.get(i) : "";
      explained.add(new ExplainedLayer(layer, instruction, changes, merged.wasted() - before));
    }
    return new ExplainedImage(image, explained, merged.visible(), merged.wasted());
  }
}
