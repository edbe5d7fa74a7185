package io.jdocker.images;

import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes layers and blobs that no image, no snapshot and no work in progress needs.
 *
 * <p>It locks nobody out. A layer is taken from the catalogue first and only then looked for among
 * snapshots and ingests, which in turn announce their need first and only then look into the
 * catalogue. So at least one side sees the other, and the layer comes back or the other side fails
 * cleanly.
 */
final class Garbage {
  private static final Duration RETRY_TIME = Duration.ofDays(7);

  private final StoreLayout layout;
  private final Catalog catalog;
  private final OverlaySnapshotter snapshots;
  private final BuildCache cache;

  Garbage(StoreLayout layout, Catalog catalog, OverlaySnapshotter snapshots, BuildCache cache) {
    this.cache = cache;
    this.layout = layout;
    this.catalog = catalog;
    this.snapshots = snapshots;
  }

  /** Deletes what a crash left: only at start, when nothing is in progress. */
  synchronized void sweep() {
    children(layout.temporaries()).forEach(TreeRemover::remove);
    children(layout.downloads()).stream()
        .filter(file -> !isForRetry(file, Instant.now()))
        .forEach(TreeRemover::remove);
    collect();
    Set<Path> known = new HashSet<>();
    known.add(layout.layer(StoreLayout.EMPTY_LAYER));
    catalog.layers().forEach(layer -> known.add(layout.layer(layer.directory())));
    for (Path inventory : children(layout.inventories())) {
      String name = inventory.getFileName().toString();
      if (!Digest.isHex(name) || catalog.layer(new Digest(name)).isEmpty()) {
        TreeRemover.remove(inventory);
      }
    }
    for (Path folder : children(layout.unpacked())) {
      if (!known.contains(folder)) {
        TreeRemover.remove(folder);
      }
    }
  }

  /** Whether a pull that is tried again would take the file up; after a week nobody will. */
  private static boolean isForRetry(Path file, Instant now) {
    try {
      boolean blob = Digest.isHex(file.getFileName().toString()) && Files.isRegularFile(file);
      return blob && Files.getLastModifiedTime(file).toInstant().isAfter(now.minus(RETRY_TIME));
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Deletes unneeded layers and blobs; returns the layers, upper ones before lower ones. */
  synchronized List<Layer> collect() {
    List<Layer> removed = new ArrayList<>();
    List<Path> trash = new ArrayList<>();
    Set<Digest> needed = catalog.layersOfImages();
    needed.addAll(snapshots.layersInUse());
    needed.addAll(cache.layers());
    for (Layer layer : topFirst(catalog.layers())) {
      if (!needed.contains(layer.chainId()) && release(layer)) {
        Path folder = layout.temporary("removed");
        move(layout.layer(layer.directory()), folder);
        trash.add(folder);
        Path inventory = layout.temporary("removed");
        move(layout.inventory(layer.chainId()), inventory);
        trash.add(inventory);
        removed.add(layer);
      }
    }
    deleteBlobs();
    trash.forEach(TreeRemover::remove);
    return removed;
  }

  private boolean release(Layer layer) {
    // In the catalogue's lock, so that no image that needs the layer is added between.
    synchronized (catalog) {
      catalog.hide(layer);
      if (catalog.isPinned(layer.chainId())
          || catalog.usesLayer(layer.chainId())
          || snapshots.isTop(layer)
          || cache.made(layer)) {
        catalog.show(layer);
        return false;
      }
      catalog.removeLayer(layer.chainId());
      return true;
    }
  }

  private void deleteBlobs() {
    for (Path blob : children(layout.blobs())) {
      String name = blob.getFileName().toString();
      if (Digest.isHex(name)) {
        catalog.deleteUnusedBlob(new Digest(name), Optional.empty());
      } else {
        TreeRemover.remove(blob);
      }
    }
  }

  /** A layer's chain is longer than its parent's, so that no record ever lacks its parent. */
  private List<Layer> topFirst(Collection<Layer> layers) {
    List<Layer> sorted = new ArrayList<>(layers);
    sorted.sort((a, b) -> Integer.compare(catalog.depth(b), catalog.depth(a)));
    return sorted;
  }

  private static void move(Path from, Path to) {
    try {
      if (Files.exists(from)) {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot move " + from + " to " + to + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }
}
