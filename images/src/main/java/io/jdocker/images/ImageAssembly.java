package io.jdocker.images;

import io.jdocker.images.tar.TarWriter;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Makes images of layers that are put together here: commit and build. Every layer it has made or
 * was told of stays until it is closed, whatever is removed meanwhile; what no image has by then is
 * garbage. Thread-safe.
 */
public final class ImageAssembly implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Kernel kernel;
  private final StoreLayout layout;
  private final Catalog catalog;
  private final Ingest lease;

  ImageAssembly(Kernel kernel, StoreLayout layout, Catalog catalog) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = catalog;
    this.lease = new Ingest(kernel, layout, catalog);
  }

  /** A draft on top of an image, whose layers are kept from now on. */
  public ImageDraft draft(Image base) {
    base.chainIds().forEach(lease::layer);
    try {
      return ImageDraft.on(Files.readAllBytes(layout.blob(base.id())), base.chainIds());
    } catch (IOException e) {
      throw new SystemFailure("cannot read the configuration of image " + base.id(), e);
    }
  }

  /** The layer of that key, which is kept from now on; empty when it is gone. */
  public Optional<ImageLayer> layer(Digest chainId) {
    return lease.layer(chainId).map(this::describe);
  }

  private ImageLayer describe(Layer layer) {
    return new ImageLayer(
        layer.chainId(), layer.diffId(), layer.size(), layout.layer(layer.directory()));
  }

  /**
   * Makes a layer on top of another, and adds it to the store.
   *
   * @param parent key of the layer below; empty: none
   */
  public ImageLayer addLayer(Optional<Digest> parent, LayerContent content) throws IOException {
    try (Ingest ingest = new Ingest(kernel, layout, catalog)) {
      Optional<Layer> below = parent.flatMap(ingest::layer);
      if (below.isEmpty() && parent.isPresent()) {
        throw new NotFound("No such layer: " + parent.get());
      }
      StagedBlob blob = write(ingest, content);
      Layer layer =
          new LayerIngest(kernel, ingest, catalog, ProgressListener.NONE)
              .add(blob, below, blob.digest());
      ingest.commit();
      // The store's own, if another ingest of the same layer was first.
      return layer(layer.chainId()).orElseThrow();
    }
  }

  private static StagedBlob write(Ingest ingest, LayerContent content) throws IOException {
    try (BlobWriter blob = ingest.newBlob()) {
      OutputStream out =
          new OutputStream() {
            @Override
            public void write(int single) {
              blob.write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
              blob.write(bytes, offset, length);
            }
          };
      TarWriter tar = new TarWriter(new BufferedOutputStream(out, BUFFER));
      content.writeTo(tar);
      tar.finish();
      return blob.finish();
    }
  }

  /**
   * Adds the image to the store.
   *
   * @param names that lead to it from now on, each with a tag
   */
  public Image add(ImageDraft draft, List<ImageReference> names) {
    byte[] config = draft.bytes();
    try (Ingest ingest = new Ingest(kernel, layout, catalog)) {
      List<Layer> layers =
          draft.chainIds().stream()
              .map(
                  chainId ->
                      ingest
                          .layer(chainId)
                          .orElseThrow(() -> new NotFound("No such layer: " + chainId)))
              .toList();
      Digest id = ingest.keep(config);
      ingest.add(id, ConfigReader.read(config), layers);
      names.forEach(name -> ingest.tag(name.withDefaultTag(), id));
      ingest.commit();
      return catalog.image(id).orElseThrow(() -> new NotFound("No such image: " + id));
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
