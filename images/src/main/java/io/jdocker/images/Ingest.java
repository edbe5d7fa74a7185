package io.jdocker.images;

import io.jdocker.images.Records.ImageRecord;
import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One import or load: everything is made in tmp/ and becomes visible at {@link #commit}, or is
 * deleted at {@link #close}. Content is on disk before the first record that names it: else a power
 * failure leaves an image of zero-byte files (containerd issue 8895). What it counts on is kept
 * from concurrent removal. One thread at a time.
 */
final class Ingest implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ingest.class.getName());

  /** A layer unpacked in tmp/. */
  private record NewLayer(Layer layer, Path folder, Path inventory) {}

  private record NewImage(ImageRecord record, ImageConfig config) {}

  private record NewTag(ImageReference reference, Digest id) {}

  private record NewRepoDigest(Digest id, ImageReference reference, Digest manifest) {}

  private final Kernel kernel;
  private final StoreLayout layout;
  private final Catalog catalog;
  private final Path workspace;
  private final Set<Digest> needed = ConcurrentHashMap.newKeySet();
  private final Map<Digest, StagedBlob> blobs = new LinkedHashMap<>();
  private final Map<Digest, NewLayer> layers = new LinkedHashMap<>();
  private final List<NewImage> images = new ArrayList<>();
  private final List<NewTag> tags = new ArrayList<>();
  private final List<NewRepoDigest> repoDigests = new ArrayList<>();
  private int files;

  Ingest(Kernel kernel, StoreLayout layout, Catalog catalog) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = catalog;
    this.workspace = layout.temporary("ingest");
    try {
      Files.createDirectory(workspace);
    } catch (IOException e) {
      throw new SystemFailure("cannot make " + workspace + ": " + e.getMessage(), e);
    }
    catalog.begin(this);
  }

  boolean needs(Digest digest) {
    return needed.contains(digest);
  }

  private void need(Digest digest) {
    // Waits until a deletion of that blob, which has looked for needs already, is through.
    synchronized (catalog) {
      needed.add(digest);
    }
  }

  /** A name in this ingest's own folder, which goes with it. */
  Path temporary() {
    return workspace.resolve(Integer.toString(files++));
  }

  /** An empty folder of this ingest. */
  Path newFolder() {
    Path folder = temporary();
    try {
      return Files.createDirectory(folder);
    } catch (IOException e) {
      throw new SystemFailure("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }

  BlobWriter newBlob() {
    return new BlobWriter(temporary());
  }

  /** A blob that the store has already. */
  Optional<StagedBlob> stored(Digest digest) {
    need(digest);
    Path file = layout.blob(digest);
    try {
      return Files.exists(file)
          ? Optional.of(new StagedBlob(file, digest, Files.size(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Keeps a staged blob. */
  void keep(StagedBlob blob) {
    need(blob.digest());
    blobs.put(blob.digest(), blob);
  }

  /** Keeps a small blob. */
  Digest keep(byte[] content) {
    try (BlobWriter writer = newBlob()) {
      writer.write(content, 0, content.length);
      StagedBlob blob = writer.finish();
      keep(blob);
      return blob.digest();
    }
  }

  /** The layer of that key, from the store or from this ingest. */
  Optional<Layer> layer(Digest chainId) {
    // Pinned before the look-up, so that what is found stays.
    needed.add(chainId);
    NewLayer fresh = layers.get(chainId);
    Optional<Layer> found = fresh != null ? Optional.of(fresh.layer()) : catalog.layer(chainId);
    found.ifPresent(layer -> needed.add(layer.blob()));
    return found;
  }

  /** Keeps a layer unpacked in one of this ingest's temporary folders, and what was noted of it. */
  void keep(Layer layer, Path folder, Path inventory) {
    needed.add(layer.chainId());
    needed.add(layer.blob());
    layers.put(layer.chainId(), new NewLayer(layer, folder, inventory));
  }

  /** The folders of a layer and all below it, top one first. */
  List<Path> folders(Optional<Layer> top) {
    List<Path> folders = new ArrayList<>();
    for (Optional<Layer> at = top; at.isPresent(); at = at.get().parent().flatMap(this::layer)) {
      NewLayer fresh = layers.get(at.get().chainId());
      folders.add(fresh != null ? fresh.folder() : layout.layer(at.get().directory()));
    }
    return folders;
  }

  /** Adds an image whose configuration blob and layers are kept or in the store. */
  void add(Digest id, ImageConfig config, List<Layer> base) {
    needed.add(id);
    List<Digest> chainIds = base.stream().map(Layer::chainId).toList();
    images.add(new NewImage(new ImageRecord(id, chainIds), config));
  }

  void tag(ImageReference reference, Digest id) {
    tags.add(new NewTag(reference, id));
  }

  /**
   * Notes by which digest a registry knows an image.
   *
   * @param manifest the image's own, a blob kept here or in the store
   */
  void repoDigest(Digest id, ImageReference reference, Digest manifest) {
    need(manifest);
    repoDigests.add(new NewRepoDigest(id, reference, manifest));
  }

  /** Makes all of it visible, and durable; when that fails, none of it stays. */
  void commit() {
    try (Undo undo = new Undo()) {
      blobs.values().forEach(blob -> publish(blob, undo));
      for (NewLayer fresh : layers.values()) {
        Path folder = layout.layer(fresh.layer().directory());
        move(fresh.folder(), folder);
        undo.push("delete " + folder, () -> TreeRemover.remove(folder));
        // One the same for whoever brings the layer: not taken back, the next start does.
        move(fresh.inventory(), layout.inventory(fresh.layer().chainId()));
      }
      try (Fd root = kernel.files().open(layout.root().toString(), OpenFlags.O_RDONLY, 0)) {
        kernel.files().syncFileSystem(root);
      }
      layers.values().forEach(fresh -> record(fresh.layer(), undo));
      images.forEach(image -> record(image, undo));
      repoDigests.forEach(
          known ->
              catalog.addRepoDigest(
                  known.id(), known.reference().repoDigest(), Optional.of(known.manifest())));
      tags.forEach(tag -> record(tag, undo));
      undo.commit();
    }
  }

  private void publish(StagedBlob blob, Undo undo) {
    Path place = layout.blob(blob.digest());
    if (!Files.exists(place)) {
      move(blob.file(), place);
      undo.push(
          "delete " + place, () -> catalog.deleteUnusedBlob(blob.digest(), Optional.of(this)));
    }
  }

  private void record(Layer layer, Undo undo) {
    if (catalog.add(layer)) {
      undo.push("forget layer " + layer.chainId(), () -> catalog.removeLayer(layer.chainId()));
    } else {
      // Another ingest of the same layer was first.
      TreeRemover.remove(layout.layer(layer.directory()));
    }
  }

  private void record(NewImage image, Undo undo) {
    Digest id = image.record().id();
    boolean known = catalog.record(id).isPresent();
    catalog.add(image.record(), image.config());
    if (!known) {
      undo.push("forget image " + id, () -> catalog.removeImage(id));
    }
  }

  private void record(NewTag tag, Undo undo) {
    Optional<Digest> before = catalog.image(tag.reference()).map(Image::id);
    catalog.tag(tag.reference(), tag.id());
    undo.push(
        "give back the name " + tag.reference(),
        () ->
            before.ifPresentOrElse(
                id -> catalog.tag(tag.reference(), id), () -> catalog.untag(tag.reference())));
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SystemFailure("cannot move " + from + " to " + to + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    catalog.end(this);
    try {
      TreeRemover.remove(workspace);
    } catch (SystemFailure e) {
      // What came of the ingest stands all the same. The next start sweeps tmp/.
      LOG.log(System.Logger.Level.WARNING, "left behind: {0}", e.getMessage());
    }
  }
}
