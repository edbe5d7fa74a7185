package io.jdocker.images;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.jdocker.images.Records.TagRecord;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code save}: a docker-archive that is an OCI layout as well, as Docker 25 and later write it,
 * with blobs as the store keeps them. The same images give the same bytes.
 */
final class ArchiveSave {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
  private static final String OCI = "application/vnd.oci.image.";

  private final StoreLayout layout;
  private final Catalog catalog;
  private final Function<String, Optional<Image>> finder;

  ArchiveSave(StoreLayout layout, Catalog catalog, Function<String, Optional<Image>> finder) {
    this.layout = layout;
    this.catalog = catalog;
    this.finder = finder;
  }

  /**
   * @param lease keeps what is being written from concurrent removal
   */
  void run(List<String> names, Ingest lease, OutputStream out) throws IOException {
    run(select(names), lease, out);
  }

  /**
   * @param images each with its names
   */
  void run(Map<Image, List<ImageReference>> images, Ingest lease, OutputStream out)
      throws IOException {
    for (Image image : images.keySet()) {
      lease.stored(image.id());
      image.chainIds().forEach(lease::layer);
    }
    ArchiveWriter writer = new ArchiveWriter(out);
    writer.directory("blobs/");
    writer.directory("blobs/sha256/");
    JsonArray manifest = new JsonArray();
    JsonArray index = new JsonArray();
    Set<Digest> written = new HashSet<>();
    for (Map.Entry<Image, List<ImageReference>> entry : images.entrySet()) {
      Image image = entry.getKey();
      List<Layer> layers = image.chainIds().stream().map(this::layer).toList();
      for (Layer layer : layers) {
        if (written.add(layer.blob())) {
          writer.file(path(layer.blob()), layout.blob(layer.blob()));
        }
      }
      if (written.add(image.id())) {
        writer.file(path(image.id()), layout.blob(image.id()));
      }
      byte[] ociManifest = bytes(ociManifest(image, layers));
      Digest digest = Digest.of(ociManifest);
      if (written.add(digest)) {
        writer.file(path(digest), ociManifest);
      }
      manifest.add(dockerManifest(image, layers, entry.getValue()));
      descriptors(digest, ociManifest.length, entry.getValue()).forEach(index::add);
    }
    writer.file("index.json", bytes(index(index)));
    writer.file(DockerArchive.MANIFEST, bytes(manifest));
    writer.file(
        "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    writer.finish();
  }

  /** Images in the order they were named, each with the names it was asked for by. */
  private Map<Image, List<ImageReference>> select(List<String> names) {
    Map<Image, List<ImageReference>> images = new LinkedHashMap<>();
    for (String name : names) {
      Image image = finder.apply(name).orElse(null);
      List<TagRecord> tags = tags(name);
      if (image == null && tags.isEmpty()) {
        throw new NotFound("No such image: " + name);
      }
      for (TagRecord tag : tags) {
        Image tagged = catalog.image(tag.id()).orElseThrow();
        addName(images.computeIfAbsent(tagged, i -> new ArrayList<>()), tag.reference());
      }
      if (tags.isEmpty()) {
        images.computeIfAbsent(image, i -> new ArrayList<>());
      }
    }
    return images;
  }

  private static void addName(List<ImageReference> names, ImageReference name) {
    if (!names.contains(name)) {
      names.add(name);
    }
  }

  /** The names that a word stands for: one with a tag, a whole repository, or none for an id. */
  private List<TagRecord> tags(String name) {
    if (name.startsWith(Digest.PREFIX) || name.matches("[0-9a-f]{64}")) {
      return List.of();
    }
    ImageReference reference = ImageReference.parse(name);
    return catalog.tagsIn(reference.name()).stream()
        .filter(tag -> reference.tag().isEmpty() || reference.tag().equals(tag.reference().tag()))
        .filter(tag -> reference.digest().isEmpty())
        .toList();
  }

  private Layer layer(Digest chainId) {
    return catalog
        .layer(chainId)
        .orElseThrow(() -> new NotFound("layer " + chainId + " is being removed"));
  }

  private static String path(Digest digest) {
    return "blobs/sha256/" + digest.hex();
  }

  private static byte[] bytes(com.google.gson.JsonElement json) {
    return GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject descriptor(String mediaType, Digest digest, long size) {
    JsonObject descriptor = new JsonObject();
    descriptor.addProperty("mediaType", mediaType);
    descriptor.addProperty("digest", digest.toString());
    descriptor.addProperty("size", size);
    return descriptor;
  }

  private static JsonObject descriptor(Layer layer) {
    String suffix =
        switch (layer.compression()) {
          case GZIP -> "+gzip";
          case ZSTD -> "+zstd";
          case NONE, BZIP2, XZ -> "";
        };
    return descriptor(OCI + "layer.v1.tar" + suffix, layer.blob(), layer.blobSize());
  }

  private JsonObject ociManifest(Image image, List<Layer> layers) throws IOException {
    JsonArray descriptors = new JsonArray();
    layers.forEach(layer -> descriptors.add(descriptor(layer)));
    JsonObject manifest = new JsonObject();
    manifest.addProperty("schemaVersion", 2);
    manifest.addProperty("mediaType", OCI + "manifest.v1+json");
    long size = Files.size(layout.blob(image.id()));
    manifest.add("config", descriptor(OCI + "config.v1+json", image.id(), size));
    manifest.add("layers", descriptors);
    return manifest;
  }

  private static JsonObject dockerManifest(
      Image image, List<Layer> layers, List<ImageReference> names) {
    JsonArray paths = new JsonArray();
    JsonObject sources = new JsonObject();
    for (Layer layer : layers) {
      paths.add(path(layer.blob()));
      sources.add(layer.diffId().toString(), descriptor(layer));
    }
    JsonArray tags = new JsonArray();
    names.forEach(name -> tags.add(name.familiar()));
    JsonObject manifest = new JsonObject();
    manifest.addProperty("Config", path(image.id()));
    manifest.add("RepoTags", names.isEmpty() ? JsonNull.INSTANCE : tags);
    manifest.add("Layers", paths);
    manifest.add("LayerSources", sources);
    return manifest;
  }

  private static List<JsonObject> descriptors(
      Digest manifest, long size, List<ImageReference> names) {
    List<JsonObject> descriptors = new ArrayList<>();
    for (ImageReference name : names) {
      JsonObject annotations = new JsonObject();
      annotations.addProperty("io.containerd.image.name", name.toString());
      annotations.addProperty("org.opencontainers.image.ref.name", name.tag().orElseThrow());
      JsonObject descriptor = descriptor(OCI + "manifest.v1+json", manifest, size);
      descriptor.add("annotations", annotations);
      descriptors.add(descriptor);
    }
    if (names.isEmpty()) {
      descriptors.add(descriptor(OCI + "manifest.v1+json", manifest, size));
    }
    return descriptors;
  }

  private static JsonObject index(JsonArray descriptors) {
    JsonObject index = new JsonObject();
    index.addProperty("schemaVersion", 2);
    index.addProperty("mediaType", OCI + "index.v1+json");
    index.add("manifests", descriptors);
    return index;
  }
}
