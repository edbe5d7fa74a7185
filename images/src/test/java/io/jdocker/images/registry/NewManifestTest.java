package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Descriptor;
import io.jdocker.images.Digest;
import io.jdocker.images.ManifestDocument.ImageManifest;
import io.jdocker.images.MediaTypes;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NewManifestTest {
  private static final Push.Config CONFIG = new Push.Config(digest(0), 100);
  private static final Descriptor GZIP = new Descriptor(NewManifest.layerType(false), digest(1), 1);
  private static final Descriptor ZSTD = new Descriptor(NewManifest.layerType(true), digest(2), 2);

  private static Digest digest(int content) {
    return Digest.of(new byte[] {(byte) content});
  }

  private static ImageManifest read(List<Descriptor> layers) {
    byte[] content = NewManifest.of(CONFIG, layers);
    return (ImageManifest) new ServedManifest(content, Digest.of(content), "").document();
  }

  @Test
  void isDockersWhichEveryRegistryTakes() {
    ImageManifest manifest = read(List.of(GZIP, GZIP));
    assertEquals(MediaTypes.DOCKER_MANIFEST, manifest.mediaType());
    assertEquals(new Descriptor(MediaTypes.DOCKER_CONFIG, digest(0), 100), manifest.config());
    assertEquals(List.of(GZIP, GZIP), manifest.layers());
    assertEquals("application/vnd.docker.image.rootfs.diff.tar.gzip", GZIP.mediaType());
  }

  @Test
  void isOcisWhereALayerIsZstdAndThenInAllItsParts() {
    ImageManifest manifest = read(List.of(GZIP, ZSTD));
    assertEquals(MediaTypes.OCI_MANIFEST, manifest.mediaType());
    assertEquals(MediaTypes.OCI_CONFIG, manifest.config().mediaType());
    assertEquals(
        List.of(
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar+zstd"),
        manifest.layers().stream().map(Descriptor::mediaType).toList());
    assertEquals(digest(1), manifest.layers().get(0).digest());
  }

  @Test
  void anImageWithoutLayersHasOneToo() {
    assertEquals(List.of(), read(List.of()).layers());
  }

  @Test
  void theSameImageGivesTheSameBytes() {
    byte[] first = NewManifest.of(CONFIG, List.of(GZIP));
    assertArrayEquals(first, NewManifest.of(CONFIG, List.of(GZIP)));
    String text = new String(first, StandardCharsets.UTF_8);
    assertTrue(text.startsWith("{\n  \"schemaVersion\": 2,\n  \"mediaType\": "), text);
  }

  @Test
  void aServedManifestIsByteForByteAndNobodyElses() {
    byte[] content = NewManifest.of(CONFIG, List.of(GZIP));
    ServedManifest served = new ServedManifest(content, Digest.of(content), "");
    byte[] mine = served.content();
    mine[0] = 'x';
    content[1] = 'x';
    assertEquals('{', served.content()[0]);
    assertEquals(Digest.of(served.content()), served.digest());
    assertEquals(content.length, served.size());
  }

  @Test
  void aServedManifestThatIsNoneIsNamedByItsDigest() {
    ServedManifest broken = new ServedManifest(new byte[] {'['}, digest(9), "");
    InvalidArgument e = assertThrows(InvalidArgument.class, broken::document);
    assertEquals("manifest " + digest(9) + " is not valid JSON", e.getMessage());
  }

  @Test
  void whatIsReadToBeSentIsHashedInEveryWay() throws IOException {
    byte[] content = "some content to be sent".getBytes(StandardCharsets.UTF_8);
    try (Hashing in = new Hashing(new ByteArrayInputStream(content))) {
      assertEquals('s', in.read());
      assertEquals(4, in.read(new byte[9], 3, 4));
      assertEquals(0, in.read(new byte[9], 0, 0));
      assertEquals(content.length - 5, in.readAllBytes().length);
      assertEquals(-1, in.read());
      assertEquals(new BlobUpload.Sent(Digest.of(content), content.length), in.sent());
    }
  }
}
