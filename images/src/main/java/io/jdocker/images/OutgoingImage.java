package io.jdocker.images;

import io.jdocker.images.ManifestDocument.ImageManifest;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image that is being sent to a registry: until it is closed, nothing of it is deleted. */
public final class OutgoingImage implements AutoCloseable {
  private final StoreLayout layout;
  private final Catalog catalog;
  private final Image image;
  private final Ingest lease;
  private final List<OutgoingLayer> layers;

  OutgoingImage(Kernel kernel, StoreLayout layout, Catalog catalog, Image image) {
    this.layout = layout;
    this.catalog = catalog;
    this.image = image;
    this.lease = new Ingest(kernel, layout, catalog);
    lease.stored(image.id());
    this.layers =
        image.chainIds().stream()
            .map(chainId -> lease.layer(chainId).orElseThrow(() -> gone(image)))
            .map(this::outgoing)
            .toList();
  }

  private static SystemFailure gone(Image image) {
    return new SystemFailure("image " + image.id().shortHex() + " is being removed", null);
  }

  private OutgoingLayer outgoing(Layer layer) {
    return new OutgoingLayer(
        layer.diffId(),
        layer.blob(),
        layer.blobSize(),
        layer.compression(),
        layout.blob(layer.blob()));
  }

  public Image image() {
    return image;
  }

  /** Base first. */
  public List<OutgoingLayer> layers() {
    return layers;
  }

  /** The image's configuration, byte for byte. */
  public byte[] config() {
    return read(image.id());
  }

  private byte[] read(Digest blob) {
    try {
      return Files.readAllBytes(layout.blob(blob));
    } catch (IOException e) {
      throw new SystemFailure("cannot read blob " + blob + ": " + e.getMessage(), e);
    }
  }

  /** The manifest it came with, if it is made of just the blobs that the store has. */
  public Optional<byte[]> manifest() {
    List<Digest> blobs = layers.stream().map(OutgoingLayer::blob).toList();
    List<Digest> known =
        catalog.record(image.id()).map(Records.ImageRecord::manifests).orElse(List.of());
    for (Digest digest : known) {
      lease.stored(digest);
      byte[] content = read(digest);
      if (ManifestDocument.read("manifest " + digest, content, "") instanceof ImageManifest found
          && found.layers().stream().map(Descriptor::digest).toList().equals(blobs)) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  /** Repositories of a registry that, by what is known here, have the blob: the likely first. */
  public List<ImageReference> repositoriesWith(Digest blob, String domain) {
    List<ImageReference> found = new ArrayList<>();
    for (Records.ImageRecord other : catalog.imageRecords()) {
      boolean has =
          other.chainIds().stream()
              .anyMatch(id -> catalog.layer(id).filter(l -> l.blob().equals(blob)).isPresent());
      if (has) {
        other.repoDigests().stream()
            .map(ImageReference::parse)
            .filter(known -> known.domain().equals(domain))
            .forEach(found::add);
      }
    }
    return found.stream().distinct().toList();
  }

  /** What an uncompressed layer became in an earlier push. */
  public Optional<CompressedBlob> compressed(Digest diffId) {
    return catalog.compressed(diffId);
  }

  /** Notes what it became in this one. */
  public void compressed(CompressedBlob blob) {
    catalog.add(blob);
  }

  /** Notes that a registry has taken it, under that digest. */
  public void pushed(ImageReference reference, Digest manifest) {
    catalog.addRepoDigest(
        image.id(), reference.withDigest(manifest).repoDigest(), Optional.empty());
  }

  @Override
  public void close() {
    lease.close();
  }
}
