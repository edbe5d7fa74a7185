package io.jdocker.images;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
  private final Garbage garbage;
  private final ChainLocks chainLocks = new ChainLocks();
  private final BuildCache cache;
  private final Inventories inventories;

  private ImageStore(Kernel kernel, StoreLayout layout) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = new Catalog(layout);
    this.snapshotter =
        new OverlaySnapshotter(layout.root().resolveSibling("snapshots"), layout, catalog, kernel);
    this.inventories = new Inventories(kernel, layout, catalog);
    this.cache = new BuildCache(layout, catalog);
    this.garbage = new Garbage(layout, catalog, snapshotter, cache);
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
    store.cache.load();
    store.snapshotter.open();
    store.garbage.sweep();
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

  /**
   * Brings in the images of an archive: docker-archive (Docker 1.10 and later) or OCI layout, plain
   * or compressed. Either all of them come in or none. The stream is read to its end and not
   * closed.
   *
   * @throws InvalidArgument when the archive is damaged, cut short or of no known kind
   */
  public List<LoadedImage> load(InputStream archive, ProgressListener progress) {
    return new ArchiveLoad(kernel, layout, catalog).run(archive, progress);
  }

  /**
   * Begins to bring in an image from a registry, whose layers may still be on their way.
   *
   * @param config the image's configuration, byte for byte
   * @throws InvalidArgument when it is none
   */
  public IncomingImage receive(byte[] config) {
    return new IncomingImage(kernel, layout, catalog, chainLocks, config);
  }

  /** What a push of the image sends; the caller closes it, and until then nothing of it goes. */
  public OutgoingImage send(Image image) {
    return new OutgoingImage(kernel, layout, catalog, image);
  }

  /**
   * Where blobs from registries are kept until their image is whole. Files there are named by the
   * hex digits of the digest that they must come to have.
   */
  public Path downloads() {
    return layout.downloads();
  }

  /**
   * Writes images as a docker-archive that is an OCI layout, too.
   *
   * @param names as {@link #find} takes them; a repository without a tag means all its tags
   * @throws NotFound before anything is written
   */
  public void save(List<String> names, OutputStream out) throws IOException {
    try (Ingest lease = new Ingest(kernel, layout, catalog)) {
      new ArchiveSave(layout, catalog, this::find).run(names, lease, out);
    }
  }

  /** Writes one image as {@link #save(List, OutputStream)} does, under these names alone. */
  public void save(Image image, List<ImageReference> names, OutputStream out) throws IOException {
    try (Ingest lease = new Ingest(kernel, layout, catalog)) {
      new ArchiveSave(layout, catalog, this::find).run(Map.of(image, names), lease, out);
    }
  }

  /** What builds remember of their steps. */
  public BuildCache cache() {
    return cache;
  }

  /**
   * Forgets steps of builds, the oldest first, and deletes layers that were kept for them alone.
   *
   * @param chosen which of them
   * @param keep bytes of files that the cache may keep; 0: none
   */
  public BuildCachePrune pruneCache(Predicate<CachedStep> chosen, long keep) {
    long before = layersSize();
    List<Digest> forgotten = cache.forget(chosen, keep).stream().map(CachedStep::key).toList();
    garbage.collect();
    return new BuildCachePrune(forgotten, Math.max(0, before - layersSize()));
  }

  /** Begins to make images of what containers have changed. */
  public ImageAssembly assemble() {
    return new ImageAssembly(kernel, layout, catalog);
  }

  /**
   * Gives an image one more name; an image that had the name loses it.
   *
   * @throws InvalidArgument when the name has a digest
   */
  public void tag(String referenceOrId, ImageReference name) {
    Image image = get(referenceOrId);
    if (name.digest().isPresent()) {
      throw new InvalidArgument("refusing to create a tag with a digest reference");
    }
    catalog.tag(name.withDefaultTag(), image.id());
  }

  /**
   * Removes a name, or an image with its last name, and layers that nobody else needs.
   *
   * @param force also when containers that do not run use it
   * @param uses every container and the image it was made from
   * @throws io.jdocker.linux.failure.Conflict with Docker's wording
   */
  public List<RemovedItem> remove(String referenceOrId, boolean force, Collection<ImageUse> uses) {
    Image image = get(referenceOrId);
    ImageRemoval removal = new ImageRemoval(catalog, garbage);
    if (!isName(referenceOrId)) {
      return removal.byId(image, force, uses);
    }
    ImageReference typed = ImageReference.parse(referenceOrId);
    ImageReference name = typed.digest().map(typed::withDigest).orElseGet(typed::withDefaultTag);
    return removal.byName(referenceOrId, name, image, force, uses);
  }

  private boolean isName(String referenceOrId) {
    return !referenceOrId.startsWith(Digest.PREFIX)
        && !(ID_PREFIX.matcher(referenceOrId).matches() && referenceOrId.length() == 64)
        && catalog.image(ImageReference.parse(referenceOrId)).isPresent();
  }

  /** Removes images without a name that no container uses and the filter agrees to. */
  public PruneReport pruneDangling(Collection<ImageUse> uses, Predicate<Image> filter) {
    return prune(uses, filter.and(Image::dangling));
  }

  /** Removes images that no container uses and the filter agrees to, whatever their names. */
  public PruneReport pruneUnused(Collection<ImageUse> uses, Predicate<Image> filter) {
    return prune(uses, filter);
  }

  private PruneReport prune(Collection<ImageUse> uses, Predicate<Image> filter) {
    long before = catalog.layers().stream().mapToLong(Layer::size).sum();
    List<RemovedItem> removed = new ArrayList<>();
    for (Image image : catalog.images()) {
      boolean used = uses.stream().anyMatch(use -> use.image().equals(image.id()));
      if (!used && filter.test(image)) {
        removed.addAll(new ImageRemoval(catalog, garbage).byId(image, true, uses));
      }
    }
    long after = catalog.layers().stream().mapToLong(Layer::size).sum();
    return new PruneReport(removed, Math.max(0, before - after));
  }

  /** How the image was made, newest step first. */
  public List<HistoryItem> history(String referenceOrId) {
    Image image = get(referenceOrId);
    return HistoryItem.of(image, layers(image).stream().map(ImageLayer::size).toList());
  }

  /** The image's layers, base first. */
  public List<ImageLayer> layers(Image image) {
    return image.chainIds().stream()
        .flatMap(chainId -> catalog.layer(chainId).stream())
        .map(
            layer ->
                new ImageLayer(
                    layer.chainId(), layer.diffId(), layer.size(), layout.layer(layer.directory())))
        .toList();
  }

  /** What each of the image's layers did to which files. */
  public ExplainedImage explain(Image image) {
    return new ImageExplanation(catalog, inventories, layers(image)).of(image);
  }

  /**
   * Compares every blob with its digest and every unpacked file with what was noted of it.
   *
   * @param repair puts damaged files back, from the layer's blob
   */
  public StoreCheck check(boolean repair) {
    return new StoreChecker(kernel, layout, catalog, inventories, repair).run();
  }

  /** Bytes of the files in those layers of the image that other images have, too. */
  public long sharedSize(Image image) {
    return image.chainIds().stream()
        .filter(chainId -> list().stream().filter(i -> i.chainIds().contains(chainId)).count() > 1)
        .flatMap(chainId -> catalog.layer(chainId).stream())
        .mapToLong(Layer::size)
        .sum();
  }

  /** Bytes of the files in all layers, each counted once. */
  public long layersSize() {
    return catalog.layers().stream().mapToLong(Layer::size).sum();
  }
}
