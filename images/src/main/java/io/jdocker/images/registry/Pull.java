package io.jdocker.images.registry;

import io.jdocker.images.Descriptor;
import io.jdocker.images.Digest;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.ImageStore;
import io.jdocker.images.IncomingImage;
import io.jdocker.images.LayerSource;
import io.jdocker.images.ManifestDocument;
import io.jdocker.images.ManifestDocument.ImageIndex;
import io.jdocker.images.ManifestDocument.ImageManifest;
import io.jdocker.images.Platform;
import io.jdocker.images.ProgressListener;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The story of a pull: what does the name lead to, have we got it, which of its images is for this
 * machine, fetch what is missing while unpacking what has come, and only then give it its name.
 */
final class Pull {
  /** Docker's and OCI's layers; not the statements and signatures that look like an image. */
  private static final Pattern LAYER =
      Pattern.compile(
          "application/vnd\\.(docker\\.image\\.rootfs\\.(foreign\\.)?diff\\.tar|"
              + "oci\\.image\\.layer\\.(nondistributable\\.)?v1\\.tar)([.+](gzip|zstd))?");

  private static final int SLOTS = Downloads.PARALLEL;

  private final ImageStore store;
  private final Downloads downloads;
  private final List<Repository> sources;
  private final PullRequest request;
  private final TransferListener listener;

  /**
   * @param sources where to look, the preferred first; at least one
   */
  Pull(
      ImageStore store,
      Downloads downloads,
      List<Repository> sources,
      PullRequest request,
      TransferListener listener) {
    this.store = store;
    this.downloads = downloads;
    this.sources = sources;
    this.request = request;
    this.listener = listener;
  }

  /** What the registry has, and the sources from the one on that had it. */
  private record Found(ServedManifest served, List<Repository> sources) {}

  Pulled run() {
    ImageReference reference = request.reference().withDefaultTag();
    try {
      Optional<Image> before = store.find(reference.toString());
      Optional<Pulled> current = before.flatMap(image -> current(reference, image));
      return current.isPresent() ? current.get() : fetch(reference, before);
    } catch (UncheckedIOException e) {
      throw RegistryFailures.reading(e.getCause(), reference);
    } catch (IOException e) {
      throw RegistryFailures.reading(e, reference);
    }
  }

  private static String asked(ImageReference reference) {
    return reference.digest().map(Digest::toString).orElseGet(() -> reference.tag().orElseThrow());
  }

  /** One question is enough where the image is here and the tag still leads to it. */
  private Optional<Pulled> current(ImageReference reference, Image image) {
    try {
      Optional<Digest> digest =
          reference.digest().isPresent()
              ? reference.digest()
              : sources.get(0).head(asked(reference));
      boolean same =
          digest.isPresent()
              && image.repoDigests().contains(reference.withDigest(digest.get()).familiar())
              && request.platform().map(platform -> fits(image, platform)).orElse(true);
      if (!same) {
        return Optional.empty();
      }
      listener.status(asked(reference), "Pulling from " + reference.path());
      return Optional.of(done(reference, image, digest.get(), false));
    } catch (IOException e) {
      return Optional.empty(); // the full way tells what is wrong, or finds another source
    }
  }

  private static boolean fits(Image image, Platform platform) {
    return platform.accepts(
        new Platform(image.config().os(), image.config().architecture(), image.config().variant()));
  }

  private Pulled done(ImageReference reference, Image image, Digest digest, boolean newer) {
    listener.message("Digest: " + digest);
    listener.message(
        newer
            ? "Status: Downloaded newer image for " + reference.familiar()
            : "Status: Image is up to date for " + reference.familiar());
    return new Pulled(reference, image, digest, newer);
  }

  private Found find(String asked) throws IOException {
    IOException last = null;
    for (int i = 0; i < sources.size(); i++) {
      try {
        ServedManifest served = sources.get(i).manifest(asked);
        return new Found(served, sources.subList(i, sources.size()));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last == null ? new IOException("no registry to ask") : last;
  }

  private Pulled fetch(ImageReference reference, Optional<Image> before) throws IOException {
    Found found = find(asked(reference));
    Platform platform = request.platform().orElseGet(Platform::host);
    ServedManifest image = forPlatform(found, platform);
    ImageManifest manifest = imageManifest(image);
    listener.status(asked(reference), "Pulling from " + reference.path());
    byte[] config = found.sources().get(0).document(manifest.config());
    List<ImageReference> names = reference.digest().isPresent() ? List.of() : List.of(reference);
    Image pulled;
    try (IncomingImage incoming = store.receive(config)) {
      requireFit(incoming, reference, manifest);
      layers(incoming, manifest, found.sources());
      pulled =
          incoming.commit(
              names, List.of(reference.withDigest(found.served().digest())), image.content());
    }
    boolean newer = before.filter(old -> old.id().equals(pulled.id())).isEmpty();
    return done(reference, pulled, found.served().digest(), newer);
  }

  /** Follows an index; one in an index, too, as some tools nest them. */
  private static ServedManifest forPlatform(Found found, Platform platform) throws IOException {
    ServedManifest at = found.served();
    for (int depth = 0; depth < 3; depth++) {
      if (!(at.document() instanceof ImageIndex index)) {
        return at;
      }
      Descriptor chosen = index.select(platform);
      at = found.sources().get(0).manifest(chosen.digest().toString());
      if (at.size() != chosen.size()) {
        throw new IOException(
            "manifest " + chosen.digest() + " has " + at.size() + " bytes, not " + chosen.size());
      }
    }
    throw new InvalidArgument("manifest " + at.digest() + " is an index below too many others");
  }

  private static ImageManifest imageManifest(ServedManifest served) {
    ManifestDocument document = served.document();
    if (!(document instanceof ImageManifest manifest)) {
      throw new InvalidArgument("manifest " + served.digest() + " is an index below an index");
    }
    for (Descriptor layer : manifest.layers()) {
      if (!LAYER.matcher(layer.mediaType()).matches()) {
        throw new InvalidArgument(
            "manifest "
                + served.digest()
                + " is no image to run: it holds \""
                + layer.mediaType()
                + "\"");
      }
    }
    return manifest;
  }

  private void requireFit(
      IncomingImage incoming, ImageReference reference, ImageManifest manifest) {
    String os = incoming.config().os();
    if (!os.isEmpty() && !os.equals("linux")) {
      throw new InvalidArgument(
          "image operating system \"" + os + "\" cannot be used on this platform");
    }
    Platform own = new Platform(os, incoming.config().architecture(), incoming.config().variant());
    request
        .platform()
        .filter(wanted -> !wanted.accepts(own))
        .ifPresent(
            wanted -> {
              throw new NotFound(
                  "image with reference "
                      + reference.familiar()
                      + " was found but does not match the specified platform: wanted "
                      + wanted
                      + ", actual: "
                      + own);
            });
    int wanted = incoming.config().diffIds().size();
    if (manifest.layers().size() != wanted) {
      throw new InvalidArgument(
          "invalid manifest, layers length mismatch: expected "
              + wanted
              + ", got "
              + manifest.layers().size());
    }
  }

  private void layers(IncomingImage incoming, ImageManifest manifest, List<Repository> from) {
    List<Descriptor> layers = manifest.layers();
    int here = 0;
    while (here < layers.size() && incoming.reuseLayer()) {
      listener.status(layers.get(here).digest().shortHex(), "Already exists");
      here++;
    }
    List<LayerSource> missing = new ArrayList<>();
    boolean full = false;
    try {
      for (Descriptor layer : layers.subList(here, layers.size())) {
        missing.add(source(incoming, layer, from, missing.size()));
      }
      for (LayerSource source : missing) {
        String id = source.digest().shortHex();
        incoming.addLayer(source, new Extracting(id, listener));
        listener.status(id, "Pull complete");
      }
    } catch (SystemFailure e) {
      full = DiskFull.isCauseOf(e);
      throw e;
    } finally {
      for (LayerSource source : missing) {
        if (source instanceof Downloads.Ticket ticket) {
          ticket.close();
        }
      }
      if (full) {
        missing.forEach(downloads::dropUnfinished);
      }
    }
  }

  private LayerSource source(
      IncomingImage incoming, Descriptor layer, List<Repository> from, int position) {
    String id = layer.digest().shortHex();
    listener.status(id, "Pulling fs layer");
    Optional<Path> stored = incoming.stored(layer.digest(), layer.size());
    if (stored.isPresent()) {
      listener.status(id, "Download complete");
      return new StoredLayer(layer, stored.get());
    }
    if (position >= SLOTS) {
      listener.status(id, "Waiting");
    }
    return downloads.fetch(layer, from, listener);
  }

  /** What the store tells of a layer, in a pull's words. */
  private record Extracting(String id, TransferListener listener) implements ProgressListener {
    @Override
    public void unpacking(String layer, long current, long total) {
      listener.progress(id, "Extracting", current, total);
    }

    @Override
    public void warning(String message) {
      listener.message(message);
    }
  }
}
