package io.jdocker.images;

import io.jdocker.images.inventory.Inventory;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at every blob and every unpacked file. A power cut can leave files of zero bytes in what a
 * record calls whole (containerd issue 8895), and a disk can lose any.
 */
final class StoreChecker {
  private static final int ROUNDS = 3;

  private final Kernel kernel;
  private final StoreLayout layout;
  private final Catalog catalog;
  private final Inventories inventories;
  private final boolean repair;
  private final List<StoreProblem> problems = new ArrayList<>();
  private long files;
  private long bytes;

  StoreChecker(
      Kernel kernel, StoreLayout layout, Catalog catalog, Inventories inventories, boolean repair) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = catalog;
    this.inventories = inventories;
    this.repair = repair;
  }

  StoreCheck run() {
    List<Layer> layers = new ArrayList<>(catalog.layers());
    // Lower ones first: an upper one is unpacked on them again.
    layers.sort(Comparator.comparingInt(catalog::depth).thenComparing(Layer::directory));
    Set<Digest> blobs = new LinkedHashSet<>();
    catalog.imageRecords().forEach(image -> blobs.add(image.id()));
    catalog.imageRecords().forEach(image -> blobs.addAll(image.manifests()));
    layers.forEach(layer -> blobs.add(layer.blob()));
    blobs.forEach(this::checkBlob);
    layers.forEach(this::checkLayer);
    return new StoreCheck(catalog.images().size(), layers.size(), files, bytes, problems);
  }

  private void checkBlob(Digest blob) {
    Path file = layout.blob(blob);
    String what = "";
    MessageDigest hash = Digest.start();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
      bytes += in.transferTo(OutputStream.nullOutputStream());
      if (!Digest.finish(hash).equals(blob)) {
        what = Files.size(file) == 0 ? "zero bytes" : "other content";
      }
    } catch (IOException e) {
      what = Files.exists(file) ? "unreadable: " + e.getMessage() : "missing";
    }
    if (!what.isEmpty() && isKept(blob)) {
      String advice = what + "; pull or load the image again";
      problems.add(new StoreProblem(imagesOf(blob), file.toString(), "", advice, false));
    }
  }

  /** What was removed meanwhile is no loss. */
  private boolean isKept(Digest blob) {
    return catalog.layers().stream().anyMatch(layer -> layer.blob().equals(blob))
        || catalog.imageRecords().stream()
            .anyMatch(image -> image.id().equals(blob) || image.manifests().contains(blob));
  }

  private List<String> imagesOf(Digest digest) {
    return catalog.images().stream()
        .filter(
            image ->
                image.id().equals(digest)
                    || image.chainIds().stream()
                        .flatMap(id -> catalog.layer(id).stream())
                        .anyMatch(
                            layer -> layer.blob().equals(digest) || layer.chainId().equals(digest)))
        .map(image -> image.repoTags().isEmpty() ? image.id().shortHex() : image.repoTags().get(0))
        .toList();
  }

  private void checkLayer(Layer layer) {
    Path folder = layout.layer(layer.directory());
    try {
      Inventory inventory = inventories.of(layer);
      Map<String, String> wrong = check(folder, inventory);
      files += inventory.files().size();
      List<StoreProblem> found =
          wrong.entrySet().stream().map(fault -> problem(layer, folder, fault)).toList();
      if (!found.isEmpty() && repair && isMended(layer, folder, inventory, wrong)) {
        found = found.stream().map(StoreProblem::asRepaired).toList();
      }
      problems.addAll(found);
    } catch (EngineException e) {
      if (catalog.layer(layer.chainId()).isPresent()) {
        problems.add(
            new StoreProblem(
                imagesOf(layer.chainId()), folder.toString(), "", e.getMessage(), false));
      }
    }
  }

  private StoreProblem problem(Layer layer, Path folder, Map.Entry<String, String> fault) {
    return new StoreProblem(
        imagesOf(layer.chainId()), folder.toString(), fault.getKey(), fault.getValue(), false);
  }

  private Map<String, String> check(Path folder, Inventory inventory) {
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    try (Fd root = kernel.files().open(folder.toString(), flags, 0)) {
      LayerCheck check = new LayerCheck(kernel, root, inventory);
      Map<String, String> wrong = check.run();
      bytes += check.bytes();
      return wrong;
    }
  }

  /** Mending one file may show another: a name of it, or what a folder was lost with. */
  private boolean isMended(
      Layer layer, Path folder, Inventory inventory, Map<String, String> wrong) {
    Map<String, String> left = wrong;
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      try (LayerCopy copy = new LayerCopy(kernel, layout, catalog, layer)) {
        new LayerRepair(kernel, folder, copy, inventory).run(left.keySet());
      }
      left = check(folder, inventory);
    }
    return left.isEmpty();
  }
}
