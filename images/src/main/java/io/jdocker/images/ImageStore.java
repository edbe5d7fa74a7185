package io.jdocker.images;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The images of one engine, and the snapshots that its containers run on. Thread-safe. All records
 * are read at {@link #open}; look-ups touch no file.
 */
public final class ImageStore {
  private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?([0-9a-f]{1,64})");

  private final Kernel kernel;
  private final StoreLayout layout;
  private final Catalog catalog;
  private final OverlaySnapshotter snapshotter;

  private ImageStore(Kernel kernel, StoreLayout layout) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = new Catalog(layout);
    this.snapshotter =
        new OverlaySnapshotter(layout.root().resolveSibling("snapshots"), layout, catalog, kernel);
  }

  /**
   * Opens the store and removes what a crash left half made.
   *
   * @param root the store's folder, {@code ROOT/images}; snapshots lie beside it, in {@code
   *     ROOT/snapshots}, as overlayfs wants layers and changes below one root
   */
  public static ImageStore open(Path root, Kernel kernel) {
    StoreLayout layout = new StoreLayout(root);
    layout.create();
    ImageStore store = new ImageStore(kernel, layout);
    store.catalog.load();
    store.snapshotter.open();
    return store;
  }

  /** The snapshots of containers. */
  public Snapshotter snapshotter() {
    return snapshotter;
  }

  /**
   * Finds an image by name ({@code busybox}, {@code busybox:1}, {@code repository@sha256:..}), by
   * id with or without {@code sha256:}, or by a prefix of its id that no other image shares. A name
   * wins over a prefix.
   *
   * @throws InvalidArgument when the text can be none of these
   */
  public Optional<Image> find(String referenceOrId) {
    var id = ID_PREFIX.matcher(referenceOrId);
    boolean canBeId = id.matches();
    if (canBeId && id.group(1).length() == 64) {
      return catalog.image(new Digest(id.group(1)));
    }
    if (referenceOrId.startsWith(Digest.PREFIX)) {
      return canBeId ? catalog.imageByPrefix(id.group(1)) : Optional.empty();
    }
    Optional<Image> named = catalog.image(ImageReference.parse(referenceOrId));
    return named.isEmpty() && canBeId ? catalog.imageByPrefix(id.group(1)) : named;
  }

  /**
   * As {@link #find}.
   *
   * @throws NotFound with Docker's wording
   */
  public Image get(String referenceOrId) {
    return find(referenceOrId)
        .orElseThrow(() -> new NotFound("No such image: " + shown(referenceOrId)));
  }

  private static String shown(String referenceOrId) {
    return referenceOrId.startsWith(Digest.PREFIX)
        ? referenceOrId
        : ImageReference.parse(referenceOrId).withDefaultTag().familiar();
  }

  /** Every image, the newest first. */
  public List<Image> list() {
    return catalog.images();
  }

  /**
   * Makes an image of one layer from the tar of a root file system, plain or compressed (gzip,
   * zstd, bzip2, xz). The stream is read to its end and not closed.
   *
   * @throws InvalidArgument when the archive is damaged or a change is malformed; nothing is left
   */
  public Image importRootfs(ImportRequest request, InputStream tar, ProgressListener progress) {
    Digest id = new RootfsImport(kernel, layout, catalog).run(request, tar, progress);
    return catalog.image(id).orElseThrow(() -> new NotFound("No such image: " + id));
  }
}
