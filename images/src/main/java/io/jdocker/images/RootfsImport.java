package io.jdocker.images;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.images.dockerfile.ConfigChanges;
import io.jdocker.linux.Kernel;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** {@code import}: the tar of a root file system becomes an image of one layer. */
final class RootfsImport {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final Kernel kernel;
  private final StoreLayout layout;
  private final Catalog catalog;

  RootfsImport(Kernel kernel, StoreLayout layout, Catalog catalog) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = catalog;
  }

  Digest run(ImportRequest request, InputStream tar, ProgressListener progress) {
    JsonObject run = new JsonObject();
    ConfigChanges.parse(request.changes()).apply(run);
    try (Ingest ingest = new Ingest(kernel, layout, catalog)) {
      Layer layer = new LayerIngest(kernel, ingest, catalog, progress).add(request.source(), tar);
      byte[] config = config(request, run, layer);
      Digest id = ingest.keep(config);
      ingest.add(id, ConfigReader.read(config), List.of(layer));
      request.name().ifPresent(name -> ingest.tag(name.withDefaultTag(), id));
      ingest.commit();
      return id;
    }
  }

  private static byte[] config(ImportRequest request, JsonObject run, Layer layer) {
    String now = Instant.now().toString();
    Platform platform = request.platform();
    JsonObject history = new JsonObject();
    history.addProperty("created", now);
    history.addProperty(
        "comment",
        request.message().isEmpty() ? "Imported from " + request.source() : request.message());
    JsonArray entries = new JsonArray();
    entries.add(history);
    JsonArray diffIds = new JsonArray();
    diffIds.add(layer.diffId().toString());
    JsonObject rootfs = new JsonObject();
    rootfs.addProperty("type", "layers");
    rootfs.add("diff_ids", diffIds);
    JsonObject config = new JsonObject();
    config.addProperty("architecture", platform.architecture());
    if (!platform.variant().isEmpty()) {
      config.addProperty("variant", platform.variant());
    }
    config.add("config", run);
    config.addProperty("created", now);
    config.add("history", entries);
    config.addProperty("os", platform.os());
    config.add("rootfs", rootfs);
    return GSON.toJson(config).getBytes(StandardCharsets.UTF_8);
  }
}
