package io.jdocker.images.registry;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.images.Descriptor;
import io.jdocker.images.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the manifest of an image that came without one. Docker's kind, which every registry and
 * engine takes; OCI's where a layer is compressed by zstd, for which Docker's has no name. The same
 * image gives the same bytes.
 */
final class NewManifest {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
  private static final String OCI_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
  private static final String OCI_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String DOCKER_GZIP = MediaTypes.DOCKER_LAYER + ".gzip";

  private NewManifest() {}

  static String layerType(boolean zstd) {
    return zstd ? OCI_ZSTD : DOCKER_GZIP;
  }

  static byte[] of(Push.Config config, List<Descriptor> layers) {
    boolean oci = layers.stream().anyMatch(layer -> layer.mediaType().equals(OCI_ZSTD));
    JsonObject manifest = new JsonObject();
    manifest.addProperty("schemaVersion", 2);
    manifest.addProperty("mediaType", oci ? MediaTypes.OCI_MANIFEST : MediaTypes.DOCKER_MANIFEST);
    String type = oci ? MediaTypes.OCI_CONFIG : MediaTypes.DOCKER_CONFIG;
    manifest.add("config", descriptor(new Descriptor(type, config.digest(), config.size())));
    JsonArray array = new JsonArray();
    for (Descriptor layer : layers) {
      boolean renamed = oci && layer.mediaType().equals(DOCKER_GZIP);
      array.add(
          descriptor(renamed ? new Descriptor(OCI_GZIP, layer.digest(), layer.size()) : layer));
    }
    manifest.add("layers", array);
    return GSON.toJson(manifest).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject descriptor(Descriptor descriptor) {
    JsonObject object = new JsonObject();
    object.addProperty("mediaType", descriptor.mediaType());
    object.addProperty("size", descriptor.size());
    object.addProperty("digest", descriptor.digest().toString());
    return object;
  }
}
