package io.jdocker.images.registry;

import io.jdocker.images.CompressedBlob;
import io.jdocker.images.Descriptor;
import io.jdocker.images.Digest;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.ImageStore;
import io.jdocker.images.ManifestDocument;
import io.jdocker.images.OutgoingImage;
import io.jdocker.images.OutgoingLayer;
import io.jdocker.images.compression.Compression;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The story of a push: layers before the configuration, both before the manifest that names them,
 * so that at no time a registry holds an image with a part missing.
 */
final class Push {
  /** Docker's max-concurrent-uploads. */
  private static final int PARALLEL = 5;

  private final ImageStore store;
  private final Repository repository;
  private final ImageReference request;
  private final TransferListener listener;

  Push(ImageStore store, Repository repository, ImageReference request, TransferListener listener) {
    this.store = store;
    this.repository = repository;
    this.request = request;
    this.listener = listener;
  }

  void run() {
    listener.message("The push refers to repository [" + request.name() + "]");
    for (ImageReference tag : tags()) {
      try (OutgoingImage image = store.send(store.get(tag.toString()))) {
        send(image, tag);
      } catch (UncheckedIOException e) {
        throw RegistryFailures.writing(e.getCause());
      } catch (IOException e) {
        throw RegistryFailures.writing(e);
      }
    }
  }

  private List<ImageReference> tags() {
    if (request.tag().isPresent()) {
      if (store.find(request.toString()).isEmpty()) {
        throw new NotFound(
            "An image does not exist locally with the tag: " + request.familiarName());
      }
      return List.of(request);
    }
    List<ImageReference> tags = new ArrayList<>();
    for (Image image : store.list()) {
      image.repoTags().stream()
          .map(ImageReference::parse)
          .filter(tag -> tag.name().equals(request.name()))
          .forEach(tags::add);
    }
    if (tags.isEmpty()) {
      throw new NotFound("An image does not exist locally with the tag: " + request.familiarName());
    }
    Collections.sort(tags, java.util.Comparator.comparing(ImageReference::toString));
    return tags;
  }

  private void send(OutgoingImage image, ImageReference tag) throws IOException {
    List<Descriptor> layers = layers(image, tag);
    byte[] config = image.config();
    Digest configId = image.image().id();
    BlobUpload upload = new BlobUpload(repository);
    if (!upload.exists(configId)) {
      upload.send(
          () -> new java.io.ByteArrayInputStream(config), configId, config.length, sent -> {});
    }
    // The bytes it came with, if it is made of just these blobs: the same digest everywhere.
    byte[] manifest =
        image
            .manifest()
            .orElseGet(() -> NewManifest.of(new Config(configId, config.length), layers));
    String type = ManifestDocument.read("manifest", manifest, "").mediaType();
    Digest digest = Digest.of(manifest);
    repository.put(tag.tag().orElseThrow(), manifest, type);
    image.pushed(tag, digest);
    listener.message(tag.tag().orElseThrow() + ": digest: " + digest + " size: " + manifest.length);
    listener.pushed(tag.tag().orElseThrow(), digest, manifest.length);
  }

  /** The configuration's place in a manifest. */
  record Config(Digest digest, long size) {}

  private List<Descriptor> layers(OutgoingImage image, ImageReference tag) throws IOException {
    List<OutgoingLayer> layers = image.layers();
    for (int i = layers.size() - 1; i >= 0; i--) {
      listener.status(layers.get(i).diffId().shortHex(), "Preparing");
    }
    for (int i = layers.size() - 1 - PARALLEL; i >= 0; i--) {
      listener.status(layers.get(i).diffId().shortHex(), "Waiting");
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(PARALLEL, layers.size())),
            task -> {
              Thread thread = new Thread(task, "jdocker-push");
              thread.setDaemon(true);
              return thread;
            });
    try {
      java.util.Map<Digest, Future<Descriptor>> sent = new java.util.LinkedHashMap<>();
      for (OutgoingLayer layer : layers) {
        // The same content twice in an image is one blob.
        sent.computeIfAbsent(
            layer.diffId(), id -> workers.submit(() -> layer(image, layer, tag.domain())));
      }
      List<Descriptor> descriptors = new ArrayList<>();
      for (OutgoingLayer layer : layers) {
        descriptors.add(result(sent.get(layer.diffId())));
      }
      return descriptors;
    } finally {
      workers.shutdownNow();
    }
  }

  private static Descriptor result(Future<Descriptor> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private Descriptor layer(OutgoingImage image, OutgoingLayer layer, String domain)
      throws IOException {
    String id = layer.diffId().shortHex();
    BlobUpload upload = new BlobUpload(repository);
    boolean plain = layer.compression() == Compression.NONE;
    Optional<CompressedBlob> before = plain ? image.compressed(layer.diffId()) : Optional.empty();
    Digest known = plain ? before.map(CompressedBlob::blob).orElse(layer.blob()) : layer.blob();
    boolean isKnown = !plain || before.isPresent();
    long size = before.map(CompressedBlob::size).orElse(layer.size());
    if (isKnown && upload.exists(known)) {
      listener.status(id, "Layer already exists");
      return descriptor(layer, known, size);
    }
    if (isKnown) {
      Optional<String> from = upload.mount(known, image.repositoriesWith(layer.blob(), domain));
      if (from.isPresent()) {
        listener.status(id, "Mounted from " + from.get());
        return descriptor(layer, known, size);
      }
    }
    BlobUpload.Content content = () -> Files.newInputStream(layer.file());
    java.util.function.LongConsumer progress =
        sent -> listener.progress(id, "Pushing", sent, layer.size());
    BlobUpload.Sent sent = new BlobUpload.Sent(known, size);
    if (plain) {
      sent = upload.compress(content, progress);
      image.compressed(new CompressedBlob(layer.diffId(), sent.digest(), sent.size()));
    } else {
      upload.send(content, known, size, progress);
    }
    listener.status(id, "Pushed");
    return descriptor(layer, sent.digest(), sent.size());
  }

  private static Descriptor descriptor(OutgoingLayer layer, Digest digest, long size) {
    return new Descriptor(
        NewManifest.layerType(layer.compression() == Compression.ZSTD), digest, size);
  }
}
