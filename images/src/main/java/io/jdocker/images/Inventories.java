package io.jdocker.images;

import io.jdocker.images.inventory.Inventory;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What files each layer has, as it was noted when it was unpacked; else from its blob. */
final class Inventories {
  private final Kernel kernel;
  private final StoreLayout layout;
  private final Catalog catalog;

  Inventories(Kernel kernel, StoreLayout layout, Catalog catalog) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = catalog;
  }

  Inventory of(Layer layer) {
    Path file = layout.inventory(layer.chainId());
    try {
      if (Files.exists(file)) {
        return Inventory.read(file);
      }
    } catch (IOException damaged) {
      // It only repeats what the blob says.
      return again(layer);
    }
    return again(layer);
  }

  private Inventory again(Layer layer) {
    try (LayerCopy copy = new LayerCopy(kernel, layout, catalog, layer)) {
      Inventory inventory = Inventory.read(copy.inventory());
      Files.move(
          copy.inventory(),
          layout.inventory(layer.chainId()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return inventory;
    } catch (IOException e) {
      throw new SystemFailure(
          "cannot note the files of layer " + layer.diffId() + ": " + e.getMessage(), e);
    }
  }
}
