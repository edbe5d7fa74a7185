package io.jdocker.images;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.images.compression.Compression;
import io.jdocker.linux.failure.InvalidArgument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records on disk and their JSON. */
final class Records {
  private Records() {}

  /** An image: its configuration is the blob of the same digest. */
  record ImageRecord(Digest id, List<Digest> chainIds, List<String> repoDigests) {}

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
    return object;
  }

  private static ImageRecord image(JsonDocument document) {
    return new ImageRecord(
        Digest.parse(document.required("id")),
        document.texts("layers").stream().map(Digest::parse).toList(),
        document.texts("repoDigests"));
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
