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
    boolean last = remaining(image).stream().allMatch(name -> goesWith(reference, name));
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
    untag(image, reference, done);
    // Forced while a container runs from it: it loses the name and stays until the container goes.
    if (remaining(image).isEmpty() && firstUse(image, uses, true).isEmpty()) {
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
    tags.forEach(tag -> untag(image, tag.reference(), done));
    forget(image, digestsOf(image), done);
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

  private void untag(Image image, ImageReference reference, List<RemovedItem> done) {
    if (reference.digest().isPresent()) {
      forget(image, List.of(reference.withDigest(reference.digest().get())), done);
      return;
    }
    catalog.untag(reference);
    done.add(new Untagged(reference.familiar()));
    boolean lastOfRepository =
        catalog.tagsOf(image.id()).stream()
            .noneMatch(tag -> tag.reference().name().equals(reference.name()));
    if (lastOfRepository) {
      forget(
          image,
          digestsOf(image).stream().filter(d -> d.name().equals(reference.name())).toList(),
          done);
    }
  }

  private void forget(Image image, List<ImageReference> digests, List<RemovedItem> done) {
    if (!digests.isEmpty()) {
      catalog.removeRepoDigests(
          image.id(), digests.stream().map(ImageReference::repoDigest).toList());
      digests.forEach(digest -> done.add(new Untagged(digest.familiar())));
    }
  }

  /** Tags and digests that lead to the image. */
  private List<ImageReference> remaining(Image image) {
    List<ImageReference> names = new ArrayList<>(digestsOf(image));
    catalog.tagsOf(image.id()).forEach(tag -> names.add(tag.reference()));
    return names;
  }

  private List<ImageReference> digestsOf(Image image) {
    return catalog
        .record(image.id())
        .map(Records.ImageRecord::repoDigests)
        .orElse(List.of())
        .stream()
        .map(ImageReference::parse)
        .toList();
  }

  /**
   * Whether the other name goes when that one is removed: itself, and the digests of its
   * repository.
   */
  private static boolean goesWith(ImageReference removed, ImageReference other) {
    boolean itself = other.equals(removed);
    return itself
        || (removed.digest().isEmpty()
            && other.digest().isPresent()
            && other.name().equals(removed.name()));
  }

  private void delete(Image image, List<RemovedItem> done) {
    catalog.removeImage(image.id());
    done.add(new Deleted(image.id()));
    garbage.collect().forEach(layer -> done.add(new Deleted(layer.chainId())));
  }
}
