package io.jdocker.images;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.images.compression.Compression;
import io.jdocker.linux.failure.InvalidArgument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The records on disk and their JSON. */
final class Records {
  private Records() {}

  /**
   * An image: its configuration is the blob of the same digest.
   *
   * @param repoDigests {@code docker.io/library/busybox@sha256:..}, by which registries know it
   * @param manifests blobs: its manifests as registries have them, so that a push can repeat them
   */
  record ImageRecord(
      Digest id, List<Digest> chainIds, List<String> repoDigests, List<Digest> manifests) {
    ImageRecord(Digest id, List<Digest> chainIds) {
      this(id, chainIds, List.of(), List.of());
    }

    /** The same, known to a registry by one more digest. */
    ImageRecord with(String repoDigest, Optional<Digest> manifest) {
      return new ImageRecord(
          id, chainIds, union(repoDigests, List.of(repoDigest)), union(manifests, manifest));
    }

    /** The same, no longer known by these digests. */
    ImageRecord without(Collection<String> gone) {
      return new ImageRecord(
          id,
          chainIds,
          repoDigests.stream().filter(known -> !gone.contains(known)).toList(),
          manifests);
    }

    private static <T> List<T> union(List<T> known, Optional<T> more) {
      return union(known, more.map(List::of).orElse(List.of()));
    }

    private static <T> List<T> union(List<T> known, List<T> more) {
      return Stream.concat(known.stream(), more.stream()).distinct().toList();
    }
  }

  /** A name and what it leads to. */
  record TagRecord(ImageReference reference, Digest id, Instant tagged) {
    /** File name of the record: a reference may be longer than a file name, and holds slashes. */
    static String key(ImageReference reference) {
      byte[] text = reference.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return Digest.of(text).hex();
    }
  }

  static RecordFolder<Layer> layers(StoreLayout layout) {
    return new RecordFolder<>(layout.layers(), Records::write, Records::layer);
  }

  static RecordFolder<ImageRecord> images(StoreLayout layout) {
    return new RecordFolder<>(layout.images(), Records::write, Records::image);
  }

  static RecordFolder<TagRecord> tags(StoreLayout layout) {
    return new RecordFolder<>(layout.tags(), Records::write, Records::tag);
  }

  static RecordFolder<CompressedBlob> compressed(StoreLayout layout) {
    return new RecordFolder<>(layout.compressed(), Records::write, Records::compressedBlob);
  }

  private static JsonObject write(CompressedBlob blob) {
    JsonObject object = new JsonObject();
    object.addProperty("diffId", blob.diffId().toString());
    object.addProperty("blob", blob.blob().toString());
    object.addProperty("size", blob.size());
    return object;
  }

  private static CompressedBlob compressedBlob(JsonDocument document) {
    return new CompressedBlob(
        Digest.parse(document.required("diffId")),
        Digest.parse(document.required("blob")),
        document.number("size").orElse(0L));
  }

  private static JsonObject write(Layer layer) {
    JsonObject object = new JsonObject();
    object.addProperty("chainId", layer.chainId().toString());
    layer.parent().ifPresent(parent -> object.addProperty("parent", parent.toString()));
    object.addProperty("diffId", layer.diffId().toString());
    object.addProperty("blob", layer.blob().toString());
    object.addProperty("compression", layer.compression().name());
    object.addProperty("blobSize", layer.blobSize());
    object.addProperty("size", layer.size());
    object.addProperty("directory", layer.directory());
    return object;
  }

  private static Layer layer(JsonDocument document) {
    String directory = document.required("directory");
    if (!directory.matches("[0-9a-z]{1,12}")) {
      throw new InvalidArgument(document.name() + ": directory is not a layer number");
    }
    return new Layer(
        Digest.parse(document.required("chainId")),
        document.has("parent")
            ? Optional.of(Digest.parse(document.text("parent")))
            : Optional.empty(),
        Digest.parse(document.required("diffId")),
        Digest.parse(document.required("blob")),
        compression(document),
        document.number("blobSize").orElse(0L),
        document.number("size").orElse(0L),
        directory);
  }

  private static Compression compression(JsonDocument document) {
    try {
      return Compression.valueOf(document.required("compression"));
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument(document.name() + ": unknown compression", e);
    }
  }

  private static JsonObject write(ImageRecord image) {
    JsonObject object = new JsonObject();
    object.addProperty("id", image.id().toString());
    object.add("layers", array(image.chainIds().stream().map(Digest::toString).toList()));
    object.add("repoDigests", array(image.repoDigests()));
    object.add("manifests", array(image.manifests().stream().map(Digest::toString).toList()));
    return object;
  }

  private static ImageRecord image(JsonDocument document) {
    return new ImageRecord(
        Digest.parse(document.required("id")),
        document.texts("layers").stream().map(Digest::parse).toList(),
        document.texts("repoDigests"),
        document.texts("manifests").stream().map(Digest::parse).toList());
  }

  private static JsonObject write(TagRecord tag) {
    JsonObject object = new JsonObject();
    object.addProperty("reference", tag.reference().toString());
    object.addProperty("id", tag.id().toString());
    object.addProperty("tagged", tag.tagged().toString());
    return object;
  }

  private static TagRecord tag(JsonDocument document) {
    return new TagRecord(
        ImageReference.parse(document.required("reference")),
        Digest.parse(document.required("id")),
        document.time("tagged").orElse(Image.NEVER));
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
