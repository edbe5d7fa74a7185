package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutIT {
  private static final String OCI = "application/vnd.oci.image.";

  @TempDir Path root;
  private StoreFixture fixture;
  private final TarBuilder tar = new TarBuilder();

  @BeforeEach
  void setUp() {
    fixture = new StoreFixture(root);
    tar.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}", 0644);
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a blob and returns the head of a descriptor for it, without the closing brace. */
  private String blob(String mediaType, byte[] content) {
    Digest digest = Digest.of(content);
    tar.file("blobs/sha256/" + digest.hex(), content, 0644);
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"digest\":\""
        + digest
        + "\",\"size\":"
        + content.length;
  }

  private String image(String platform, byte[] plainLayer, byte[] storedLayer) {
    String config = blob(OCI + "config.v1+json", Archives.config(plainLayer)) + "}";
    String layer = blob(OCI + "layer.v1.tar+gzip", storedLayer) + "}";
    String manifest = "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + layer + "]}";
    return blob(OCI + "manifest.v1+json", bytes(manifest)) + platform + "}";
  }

  private static byte[] layer(String content) {
    return new TarBuilder().file("x", content, 0644).build();
  }

  private List<LoadedImage> load(String index) {
    tar.file("index.json", index, 0644);
    return fixture.load(tar.build());
  }

  private static String index(String... descriptors) {
    return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}";
  }

  private static String platform(String architecture) {
    return ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}";
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void aCompressedLayerLoadsUnderItsFullName() throws IOException {
    byte[] layer = layer("content");
    String name = ",\"annotations\":{\"io.containerd.image.name\":\"docker.io/library/a:1\"}";
    LoadedImage loaded = load(index(image(name, layer, gzip(layer)))).get(0);
    assertEquals(List.of("a:1"), loaded.names());
    assertEquals(Digest.of(Archives.config(layer)), loaded.id());
  }

  @Test
  void aBareTagIsNoName() {
    byte[] layer = layer("content");
    String name = ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"latest\"}";
    assertEquals(List.of(), load(index(image(name, layer, layer))).get(0).names());
  }

  @Test
  void theImageForThisMachineIsChosenFromAnIndex() {
    byte[] here = layer("here");
    byte[] there = layer("there");
    String nested =
        blob(
                OCI + "index.v1+json",
                bytes(
                    index(
                        image(platform("s390x"), there, there),
                        image(platform(Platform.host().architecture()), here, here))))
            + "}";
    assertEquals(Digest.of(Archives.config(here)), load(index(nested)).get(0).id());
  }

  @Test
  void attestationsAreNoImages() {
    byte[] here = layer("here");
    String attestation =
        image(
            ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}",
            layer("x"),
            layer("x"));
    assertEquals(1, load(index(image("", here, here), attestation)).size());
  }

  private void assertRefused(String index, String expected) {
    List<String> before = fixture.files();
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> load(index));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertEquals(before, fixture.files(), "nothing is left");
  }

  @Test
  void noImageForThisMachineIsSaid() {
    byte[] there = layer("there");
    String nested =
        blob(OCI + "index.v1+json", bytes(index(image(platform("s390x"), there, there)))) + "}";
    assertRefused(index(nested), "no matching manifest for linux/");
  }

  @Test
  void cve202141190AManifestThatIsAnIndexTooIsRefused() {
    byte[] layer = layer("x");
    String config = blob(OCI + "config.v1+json", Archives.config(layer)) + "}";
    String both =
        blob(
                OCI + "manifest.v1+json",
                bytes("{\"config\":" + config + ",\"layers\":[],\"manifests\":[]}"))
            + "}";
    assertRefused(index(both), "both index and manifest");
  }

  @Test
  void artifactsAreRefused() {
    String config = blob("application/vnd.oci.empty.v1+json", bytes("{}")) + "}";
    String artifact =
        blob(
                OCI + "manifest.v1+json",
                bytes("{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[]}"))
            + "}";
    assertRefused(index(artifact), "is an artifact");
  }

  @Test
  void aBlobWithAnotherContentIsNotFound() {
    byte[] layer = layer("x");
    String good = image("", layer, layer);
    tar.file("blobs/sha256/" + Digest.of(layer).hex(), layer("y"), 0644);
    String missing = Digest.of(bytes("missing")).toString();
    String lost = good.replaceFirst("sha256:[0-9a-f]{64}", missing);
    assertRefused(index(lost), missing + " is missing from the archive or damaged");
  }

  @Test
  void cve20243727ADigestIsNeverAPath() {
    assertRefused(
        index("{\"mediaType\":\"x\",\"digest\":\"sha256:../../etc/passwd\",\"size\":1}"),
        "invalid checksum digest format");
  }

  @Test
  void aWrongSizeIsRefused() {
    byte[] layer = layer("x");
    String image = image("", layer, layer).replaceFirst("\"size\":\\d+", "\"size\":1");
    assertRefused(index(image), "not 1");
  }
}
