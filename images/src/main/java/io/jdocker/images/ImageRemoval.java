package io.jdocker.images;

import io.jdocker.images.Records.TagRecord;
import io.jdocker.images.RemovedItem.Deleted;
import io.jdocker.images.RemovedItem.Untagged;
import io.jdocker.linux.failure.Conflict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code rmi} with Docker's rules: a name goes first, the image with its last name. */
final class ImageRemoval {
  private final Catalog catalog;
  private final Garbage garbage;

  ImageRemoval(Catalog catalog, Garbage garbage) {
    this.catalog = catalog;
    this.garbage = garbage;
  }

  /** Removes by name. */
  List<RemovedItem> byName(
      String typed,
      ImageReference reference,
      Image image,
      boolean force,
      Collection<ImageUse> uses) {
    boolean last = catalog.tagsOf(image.id()).size() <= 1;
    Optional<ImageUse> use = firstUse(image, uses, false);
    if (!force && last && use.isPresent()) {
      throw new Conflict(
          "conflict: unable to remove repository reference \""
              + typed
              + "\" (must force) - container "
              + use.get().shortContainerId()
              + " is using its referenced image "
              + image.id().shortHex());
    }
    List<RemovedItem> done = new ArrayList<>();
    untag(reference, done);
    boolean named = !catalog.tagsOf(image.id()).isEmpty();
    // Forced while a container runs from it: it loses the name and stays until the container goes.
    if (!named && firstUse(image, uses, true).isEmpty()) {
      delete(image, done);
    }
    return done;
  }

  /** Removes by id, with all its names. */
  List<RemovedItem> byId(Image image, boolean force, Collection<ImageUse> uses) {
    List<TagRecord> tags = catalog.tagsOf(image.id());
    firstUse(image, uses, true)
        .ifPresent(
            use -> {
              throw conflict(image, "cannot be forced", "image is being used by running", use);
            });
    if (!force) {
      if (tags.stream().map(tag -> tag.reference().name()).distinct().count() > 1
          || tags.size() > 1) {
        throw new Conflict(
            "conflict: unable to delete "
                + image.id().shortHex()
                + " (must be forced) - image is referenced in multiple repositories");
      }
      firstUse(image, uses, false)
          .ifPresent(
              use -> {
                throw conflict(image, "must be forced", "image is being used by stopped", use);
              });
    }
    List<RemovedItem> done = new ArrayList<>();
    tags.forEach(tag -> untag(tag.reference(), done));
    delete(image, done);
    return done;
  }

  private static Conflict conflict(Image image, String force, String what, ImageUse use) {
    return new Conflict(
        "conflict: unable to delete "
            + image.id().shortHex()
            + " ("
            + force
            + ") - "
            + what
            + " container "
            + use.shortContainerId());
  }

  private static Optional<ImageUse> firstUse(
      Image image, Collection<ImageUse> uses, boolean runningOnly) {
    return uses.stream()
        .filter(use -> use.image().equals(image.id()) && (use.running() || !runningOnly))
        .findFirst();
  }

  private void untag(ImageReference reference, List<RemovedItem> done) {
    catalog.untag(reference);
    done.add(new Untagged(reference.familiar()));
  }

  private void delete(Image image, List<RemovedItem> done) {
    catalog.removeImage(image.id());
    done.add(new Deleted(image.id()));
    garbage.collect().forEach(layer -> done.add(new Deleted(layer.chainId())));
  }
}
