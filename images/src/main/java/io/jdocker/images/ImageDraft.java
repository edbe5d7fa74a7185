package io.jdocker.images;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image that is being made, on top of another or of nothing: its configuration (OCI image-spec
 * config.md) and layers. What the base's configuration holds beyond the known fields stays. Changed
 * in place; one thread. The same content gives the same bytes, so the same id.
 */
public final class ImageDraft {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final JsonObject document;
  private final List<Digest> chainIds;

  private ImageDraft(JsonObject document, List<Digest> chainIds) {
    this.document = document;
    this.chainIds = new ArrayList<>(chainIds);
  }

  /** Without any layer. */
  public static ImageDraft scratch(Platform platform) {
    JsonObject document = new JsonObject();
    document.addProperty("architecture", platform.architecture());
    document.add("config", new JsonObject());
    document.add("history", new JsonArray());
    document.addProperty("os", platform.os());
    JsonObject rootfs = new JsonObject();
    rootfs.addProperty("type", "layers");
    rootfs.add("diff_ids", new JsonArray());
    document.add("rootfs", rootfs);
    if (!platform.variant().isEmpty()) {
      document.addProperty("variant", platform.variant());
    }
    return new ImageDraft(document, List.of());
  }

  /** On top of an image, whose configuration is given as its bytes. */
  static ImageDraft on(byte[] configuration, List<Digest> chainIds) {
    JsonObject document =
        JsonParser.parseString(new String(configuration, StandardCharsets.UTF_8)).getAsJsonObject();
    // How the base came about: legacy fields of Docker's that would be wrong for a new image.
    List.of("container", "container_config", "docker_version", "id", "parent")
        .forEach(document::remove);
    ImageDraft draft = new ImageDraft(document, chainIds);
    if (!draft.has(document, "config")) {
      document.add("config", new JsonObject());
    }
    if (!draft.has(document, "history")) {
      document.add("history", new JsonArray());
    }
    draft.completeHistory();
    return draft;
  }

  private boolean has(JsonObject object, String field) {
    return object.has(field) && !object.get(field).isJsonNull();
  }

  /** Some tools write no history; readers count on one entry a layer. */
  private void completeHistory() {
    int layers = 0;
    for (JsonElement entry : history()) {
      JsonElement empty = entry.getAsJsonObject().get("empty_layer");
      layers += empty != null && empty.getAsBoolean() ? 0 : 1;
    }
    for (; layers < chainIds.size(); layers++) {
      history().add(new JsonObject());
    }
  }

  /** An independent copy. */
  public ImageDraft copy() {
    return new ImageDraft(document.deepCopy(), chainIds);
  }

  /** The part that says how containers run, to be read and changed. */
  public JsonObject runConfig() {
    return document.getAsJsonObject("config");
  }

  /** Replaces the part that says how containers run. */
  public void setRunConfig(JsonObject config) {
    document.add("config", config);
  }

  private JsonArray history() {
    return document.getAsJsonArray("history");
  }

  /** Adds the instruction that has just been applied. */
  public void addHistory(ImageConfig.HistoryEntry entry) {
    JsonObject object = new JsonObject();
    entry.created().ifPresent(created -> object.addProperty("created", created.toString()));
    addText(object, "created_by", entry.createdBy());
    addText(object, "author", entry.author());
    addText(object, "comment", entry.comment());
    if (entry.emptyLayer()) {
      object.addProperty("empty_layer", true);
    }
    history().add(object);
  }

  private static void addText(JsonObject object, String field, String text) {
    if (!text.isEmpty()) {
      object.addProperty(field, text);
    }
  }

  public void addLayer(ImageLayer layer) {
    chainIds.add(layer.chainId());
    document.getAsJsonObject("rootfs").getAsJsonArray("diff_ids").add(layer.diffId().toString());
  }

  public void setAuthor(String author) {
    document.remove("author");
    addText(document, "author", author);
  }

  public void setComment(String comment) {
    document.remove("comment");
    addText(document, "comment", comment);
  }

  public void setCreated(Instant created) {
    document.addProperty("created", created.toString());
  }

  public String author() {
    return has(document, "author") ? document.get("author").getAsString() : "";
  }

  /** Keys of the layers, base first. */
  public List<Digest> chainIds() {
    return List.copyOf(chainIds);
  }

  /** Key of the uppermost layer; empty while there is none. */
  public Optional<Digest> top() {
    return chainIds.isEmpty() ? Optional.empty() : Optional.of(chainIds.get(chainIds.size() - 1));
  }

  /** The configuration as it is kept, hashed and pushed. */
  byte[] bytes() {
    return GSON.toJson(document).getBytes(StandardCharsets.UTF_8);
  }

  /** The id that the image would have as it is now. */
  public Digest id() {
    return Digest.of(bytes());
  }

  /** The image that it would be, for a container; it is in no store. */
  public Image image() {
    ImageConfig config = ConfigReader.read(bytes());
    return new Image(
        id(),
        config,
        List.of(),
        List.of(),
        0,
        config.created().orElse(Image.NEVER),
        Optional.empty(),
        chainIds());
  }
}
