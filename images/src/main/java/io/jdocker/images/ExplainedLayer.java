package io.jdocker.images;

import io.jdocker.images.inventory.ChangedPath;
import java.util.List;

/**
 * A layer, and what it did.
 *
 * @param createdBy the instruction that made it, as the image's history has it; empty: not known
 * @param changes in the order of paths
 * @param wasted bytes of layers below that this one hides
 */
public record ExplainedLayer(
    ImageLayer layer, String createdBy, List<ChangedPath> changes, long wasted) {
  public ExplainedLayer {
    changes = List.copyOf(changes);
  }
}
