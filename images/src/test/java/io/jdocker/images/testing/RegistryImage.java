package io.jdocker.images.testing;

import io.jdocker.images.Digest;
import io.jdocker.images.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Puts images into a {@link FakeRegistry}: a configuration, layers, and what names them. */
public final class RegistryImage {
  public static final String GZIP_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private final String architecture;
  private final List<byte[]> plain = new ArrayList<>();
  private final List<byte[]> compressed = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  public RegistryImage() {
    this("amd64");
  }

  public RegistryImage(String architecture) {
    this.architecture = architecture;
  }

  /** Adds a layer, compressed by gzip. */
  public RegistryImage layer(TarBuilder tar) {
    byte[] content = tar.build();
    return layer(content, gzip(content), GZIP_LAYER);
  }

  /** Adds a layer in a form of its own. */
  public RegistryImage layer(byte[] tar, byte[] blob, String type) {
    plain.add(tar);
    compressed.add(blob);
    types.add(type);
    return this;
  }

  /** Compresses. */
  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The layers' blobs, base first. */
  public List<byte[]> blobs() {
    return List.copyOf(compressed);
  }

  /** The digest of a layer's blob. */
  public Digest blob(int layer) {
    return Digest.of(compressed.get(layer));
  }

  /** The configuration. */
  public byte[] config() {
    List<String> ids = plain.stream().map(tar -> "\"" + Digest.of(tar) + "\"").toList();
    String json =
        "{\"architecture\":\""
            + architecture
            + "\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"sh\"]},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + String.join(",", ids)
            + "]}}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** The manifest in OCI's form. */
  public String manifest() {
    List<String> layers = new ArrayList<>();
    for (int i = 0; i < compressed.size(); i++) {
      layers.add(descriptor(types.get(i), blob(i), compressed.get(i).length, ""));
    }
    byte[] config = config();
    return "{\"schemaVersion\":2,\"mediaType\":\""
        + MediaTypes.OCI_MANIFEST
        + "\",\"config\":"
        + descriptor(MediaTypes.OCI_CONFIG, Digest.of(config), config.length, "")
        + ",\"layers\":["
        + String.join(",", layers)
        + "]}";
  }

  private static String descriptor(String type, Digest digest, long size, String more) {
    return "{\"mediaType\":\""
        + type
        + "\",\"digest\":\""
        + digest
        + "\",\"size\":"
        + size
        + more
        + "}";
  }

  /** An entry for an index. */
  public String entry() {
    byte[] manifest = manifest().getBytes(StandardCharsets.UTF_8);
    return descriptor(
        MediaTypes.OCI_MANIFEST,
        Digest.of(manifest),
        manifest.length,
        ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}");
  }

  /** An index. */
  public static String index(String... entries) {
    return "{\"schemaVersion\":2,\"mediaType\":\""
        + MediaTypes.OCI_INDEX
        + "\",\"manifests\":["
        + String.join(",", entries)
        + "]}";
  }

  /** Keeps all of it under a tag; returns the manifest's digest. */
  public Digest putInto(FakeRegistry registry, String repository, String tag) {
    registry.blob(config());
    compressed.forEach(registry::blob);
    return registry.manifest(repository, tag, MediaTypes.OCI_MANIFEST, manifest());
  }
}
