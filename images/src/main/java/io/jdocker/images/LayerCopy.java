package io.jdocker.images;

import io.jdocker.images.inventory.InventoryWriter;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.unpack.LayerUnpacker;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** A layer of the store, unpacked once more from its blob; gone when it is closed. */
final class LayerCopy implements AutoCloseable {
  private final Ingest ingest;
  private final Path folder;
  private final Path inventory;

  /**
   * @throws SystemFailure when the blob is damaged
   */
  LayerCopy(Kernel kernel, StoreLayout layout, Catalog catalog, Layer layer) {
    this.ingest = new Ingest(kernel, layout, catalog);
    this.folder = ingest.newFolder();
    this.inventory = ingest.temporary();
    MessageDigest hash = Digest.start();
    ingest.layer(layer.chainId());
    try (InputStream blob = Files.newInputStream(layout.blob(layer.blob()));
        InputStream tar = new DigestInputStream(layer.compression().open(blob), hash);
        InventoryWriter files = new InventoryWriter(inventory);
        LayerUnpacker unpacker =
            new LayerUnpacker(
                kernel,
                folder,
                ingest.folders(layer.parent().flatMap(ingest::layer)),
                warning -> {},
                files)) {
      TarReader reader = new TarReader(tar);
      unpacker.unpack(reader);
      reader.drain();
      files.finish();
    } catch (IOException e) {
      ingest.close();
      throw new SystemFailure(
          "cannot unpack layer " + layer.diffId() + " again: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      ingest.close();
      throw e;
    }
    if (!Digest.finish(hash).equals(layer.diffId())) {
      ingest.close();
      throw new SystemFailure(
          "the blob of layer " + layer.diffId() + " is damaged: pull or load its image again",
          null);
    }
  }

  Path folder() {
    return folder;
  }

  /** What files it has. */
  Path inventory() {
    return inventory;
  }

  @Override
  public void close() {
    ingest.close();
  }
}
