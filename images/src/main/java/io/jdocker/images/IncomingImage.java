package io.jdocker.images;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image that comes in layer by layer, base first. It is seen when {@link #commit} returns; until
 * then closing it takes everything back, but for the blobs in {@link ImageStore#downloads}. One
 * thread.
 */
public final class IncomingImage implements AutoCloseable {
  private final Kernel kernel;
  private final Catalog catalog;
  private final ChainLocks locks;
  private final byte[] content;
  private final ImageConfig config;
  private final Ingest ingest;
  private final List<Layer> chain = new ArrayList<>();

  IncomingImage(
      Kernel kernel, StoreLayout layout, Catalog catalog, ChainLocks locks, byte[] content) {
    this.kernel = kernel;
    this.catalog = catalog;
    this.locks = locks;
    this.content = content;
    this.config = ConfigReader.read(content);
    this.ingest = new Ingest(kernel, layout, catalog);
  }

  /** What it says of itself. */
  public ImageConfig config() {
    return config;
  }

  /** The next layer's digest, uncompressed; empty when all are in. */
  public Optional<Digest> next() {
    return chain.size() == config.diffIds().size()
        ? Optional.empty()
        : Optional.of(config.diffIds().get(chain.size()));
  }

  private Digest nextChainId() {
    return Layer.chainId(
        top().map(Layer::chainId),
        next().orElseThrow(() -> new InvalidArgument("the image has no more layers")));
  }

  private Optional<Layer> top() {
    return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
  }

  /** Takes the next layer from the store; false when it is not there. */
  public boolean reuseLayer() {
    Optional<Layer> known = ingest.layer(nextChainId());
    known.ifPresent(chain::add);
    return known.isPresent();
  }

  /** The store's own copy of a blob of that size, which need not be fetched. */
  public Optional<Path> stored(Digest digest, long size) {
    return ingest
        .stored(digest)
        .filter(blob -> blob.size() == size)
        .map(StagedBlob::file)
        .filter(Files::isRegularFile);
  }

  /**
   * Unpacks the next layer, unless somebody else has brought it in by the time it is its turn.
   *
   * @throws InvalidArgument when the content is not what the configuration says
   */
  public void addLayer(LayerSource source, ProgressListener progress) {
    Digest chainId = nextChainId();
    try {
      locks.take(chainId, this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while another pull unpacks layer " + chainId, e);
    }
    if (!reuseLayer()) {
      LayerIngest layers = new LayerIngest(kernel, ingest, catalog, progress);
      chain.add(layers.add(source, top(), config.diffIds().get(chain.size())));
    }
  }

  /**
   * Makes the image visible, and durable.
   *
   * @param names what it is called from now on
   * @param known by which digests, one a repository, its registry knows it
   * @param manifest its own manifest, byte for byte
   */
  public Image commit(List<ImageReference> names, List<ImageReference> known, byte[] manifest) {
    if (next().isPresent()) {
      throw new InvalidArgument(
          "the image has " + config.diffIds().size() + " layers, not " + chain.size());
    }
    Digest id = ingest.keep(content);
    Digest manifestId = ingest.keep(manifest);
    ingest.add(id, config, chain);
    known.forEach(reference -> ingest.repoDigest(id, reference, manifestId));
    names.forEach(name -> ingest.tag(name.withDefaultTag(), id));
    ingest.commit();
    return catalog
        .image(id)
        .orElseThrow(() -> new Unavailable("image " + id.shortHex() + " was removed meanwhile"));
  }

  @Override
  public void close() {
    ingest.close();
    locks.release(this);
  }
}
