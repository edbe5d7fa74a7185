package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadSaveIT {
  @TempDir Path root;
  private StoreFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new StoreFixture(root);
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  @Test
  void whatIsSavedLoadsAgainUnderTheSameId() throws IOException {
    Image a = fixture.importTar("a:1", new TarBuilder().file("x", "content", 0644), "CMD a");
    fixture.store().tag("a:1", ImageReference.parse("example.org/b/c:2"));
    byte[] archive = fixture.save("a:1", "example.org/b/c:2");
    fixture.store().remove("a:1", false, List.of());
    fixture.store().remove("example.org/b/c:2", false, List.of());
    assertEquals(List.of(), fixture.store().list());

    List<LoadedImage> loaded = fixture.load(archive);
    assertEquals(List.of(new LoadedImage(a.id(), List.of("a:1", "example.org/b/c:2"))), loaded);
    Image again = fixture.store().get("a:1");
    assertEquals(a.id(), again.id());
    assertEquals(List.of("a:1", "example.org/b/c:2"), again.repoTags());
    assertArrayEquals(archive, fixture.save("a:1", "example.org/b/c:2"), "same bytes");
  }

  @Test
  void aRepositoryMeansAllItsTagsAndAnIdMeansNone() throws IOException {
    Image a = fixture.importTar("r:1", new TarBuilder().file("x", "1", 0644));
    Image b = fixture.importTar("r:2", new TarBuilder().file("x", "2", 0644));
    byte[] both = fixture.save("r");
    byte[] nameless = fixture.save(a.id().hex());
    fixture.store().remove(a.id().hex(), true, List.of());
    fixture.store().remove(b.id().hex(), true, List.of());
    assertEquals(2, fixture.load(both).size());
    assertEquals(b.id(), fixture.store().get("r:2").id());
    fixture.store().remove(a.id().hex(), true, List.of());
    assertEquals(List.of(new LoadedImage(a.id(), List.of())), fixture.load(nameless));
  }

  @Test
  void saveOfAnUnknownNameWritesNothing() {
    NotFound e = assertThrows(NotFound.class, () -> fixture.save("nope"));
    assertEquals("No such image: nope", e.getMessage());
  }

  /** The form of Docker 1.10 to 24: one folder a layer, manifest last. */
  private static TarBuilder oldArchive(byte[] config, String... layers) {
    TarBuilder tar = new TarBuilder();
    String paths = "";
    for (int i = 0; i < layers.length; i++) {
      tar.directory("id" + i, 0755).file("id" + i + "/VERSION", "1.0", 0644);
      tar.file("id" + i + "/json", "{}", 0644);
      tar.file("id" + i + "/layer.tar", layerTar(layers[i]), 0644);
      paths += (i == 0 ? "" : ",") + "\"id" + i + "/layer.tar\"";
    }
    String name = Digest.of(config).hex() + ".json";
    tar.file(name, config, 0644);
    tar.file("repositories", "{\"old\":{\"1\":\"id0\"}}", 0644);
    return tar.file(
        "manifest.json",
        "[{\"Config\":\"" + name + "\",\"RepoTags\":[\"old:1\"],\"Layers\":[" + paths + "]}]",
        0644);
  }

  private static byte[] layerTar(String content) {
    return new TarBuilder().file("file-" + content, content, 0644).build();
  }

  private static byte[] config(String... layers) {
    String diffIds = "";
    for (String layer : layers) {
      diffIds += (diffIds.isEmpty() ? "" : ",") + '"' + Digest.of(layerTar(layer)) + '"';
    }
    return ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"unknown\":{\"kept\":1},"
            + "\"config\":{\"Cmd\":[\"sh\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + diffIds
            + "]}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theOldFormLoads() throws IOException {
    byte[] config = config("a", "b");
    fixture.load(oldArchive(config, "a", "b").build());
    Image image = fixture.store().get("old:1");
    assertEquals(Digest.of(config), image.id(), "unknown fields survive");
    List<ImageLayer> layers = fixture.store().layers(image);
    assertEquals("a", Files.readString(layers.get(0).folder().resolve("file-a")));
    assertEquals("b", Files.readString(layers.get(1).folder().resolve("file-b")));
    assertEquals(2, image.size());
  }

  @Test
  void theSameDiffOnAnotherParentIsAnotherLayer() throws IOException {
    fixture.load(oldArchive(config("a", "b"), "a", "b").build());
    Image first = fixture.store().get("old:1");
    fixture.load(oldArchive(config("b"), "b").build());
    Image second = fixture.store().get("old:1");
    assertEquals(first.config().diffIds().get(1), second.config().diffIds().get(0), "same content");
    assertTrue(!first.chainIds().contains(second.chainIds().get(0)));
  }

  @Test
  void aLayerMayBeALinkWithinTheArchive() throws IOException {
    byte[] config = config("a", "a");
    TarBuilder tar =
        new TarBuilder()
            .file("id0/layer.tar", layerTar("a"), 0644)
            .symlink("id1/layer.tar", "../id0/layer.tar")
            .file("c.json", config, 0644)
            .file(
                "manifest.json",
                "[{\"Config\":\"c.json\",\"Layers\":[\"id0/layer.tar\",\"id1/layer.tar\"]}]",
                0644);
    assertEquals(Digest.of(config), fixture.load(tar.build()).get(0).id());
  }

  @Test
  void compressedLayersInACompressedArchiveLoad() throws IOException {
    byte[] a = layerTar("a");
    byte[] b = layerTar("b");
    TarBuilder tar =
        new TarBuilder()
            .file("a.tar.bz2", compressed("bzip2", a), 0644)
            .file("b.tar.gz", compressed("gz", b), 0644)
            .file("c.json", config("a", "b"), 0644)
            .file(
                "manifest.json",
                "[{\"Config\":\"c.json\",\"RepoTags\":[\"z:1\"],"
                    + "\"Layers\":[\"a.tar.bz2\",\"b.tar.gz\"]}]",
                0644);
    fixture.load(compressed("gz", tar.build()));
    Image image = fixture.store().get("z:1");
    assertEquals(2, image.size());
    byte[] saved = fixture.save("z:1");
    fixture.store().remove("z:1", false, List.of());
    assertEquals(image.id(), fixture.load(saved).get(0).id());
  }

  private static byte[] compressed(String kind, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        kind.equals("gz") ? new GZIPOutputStream(bytes) : new BZip2CompressorOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private void assertRefused(byte[] archive, String expected) {
    List<String> before = fixture.files();
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> fixture.load(archive));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    assertEquals(before, fixture.files(), "nothing is left");
  }

  @Test
  void damagedArchivesLeaveNothing() {
    byte[] good = oldArchive(config("a", "b"), "a", "b").build();
    assertRefused(Arrays.copyOf(good, good.length / 2 + 100), "cut short");
    assertRefused("junk".repeat(1000).getBytes(StandardCharsets.UTF_8), "tar header");
    assertRefused(new byte[0], "no image archive");
    assertRefused(layerTar("a"), "use import for a root file system");
    assertRefused(oldArchive(config("a", "b"), "a", "x").build(), "invalid diffID: expected");
    assertRefused(oldArchive(config("a"), "a", "b").build(), "layers length mismatch");
    assertRefused(new TarBuilder().file("repositories", "{}", 0644).build(), "before 1.10");
    assertRefused(
        new TarBuilder().file("manifest.json", "[{\"Config\":\"../../etc/x\"}]", 0644).build(),
        "the archive has no file ../../etc/x");
    assertRefused(new TarBuilder().file("manifest.json", "[", 0644).build(), "not valid JSON");
    assertRefused(new TarBuilder().file("manifest.json", "[]", 0644).build(), "names no image");
  }

  @Test
  void cve202325153DocumentsAreBounded() {
    byte[] huge = new byte[9 << 20];
    Arrays.fill(huge, (byte) ' ');
    assertRefused(new TarBuilder().file("manifest.json", huge, 0644).build(), "larger than");
    byte[] deep = "[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    assertRefused(new TarBuilder().file("manifest.json", deep, 0644).build(), "not valid JSON");
  }

  @Test
  void oneBadImageKeepsAllOut() {
    TarBuilder tar =
        new TarBuilder()
            .file("l.tar", layerTar("a"), 0644)
            .file("good.json", config("a"), 0644)
            .file("bad.json", config("b"), 0644)
            .file(
                "manifest.json",
                "[{\"Config\":\"good.json\",\"RepoTags\":[\"good:1\"],\"Layers\":[\"l.tar\"]},"
                    + "{\"Config\":\"bad.json\",\"RepoTags\":[\"bad:1\"],\"Layers\":[\"l.tar\"]}]",
                0644);
    assertRefused(tar.build(), "invalid diffID");
    assertEquals(List.of(), fixture.store().list());
  }
}
