package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Records.ImageRecord;
import io.jdocker.images.compression.Compression;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogTest {
  private static final ImageReference APP = ImageReference.parse("app:v1");
  private static final ImageReference OTHER = ImageReference.parse("reg.example/team/other:v2");

  @TempDir private Path root;
  private StoreLayout layout;
  private Catalog catalog;

  @BeforeEach
  void open() {
    layout = new StoreLayout(root.resolve("images"));
    layout.create();
    catalog = loaded();
  }

  private Catalog loaded() {
    Catalog fresh = new Catalog(layout);
    fresh.load();
    return fresh;
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private Layer layer(Optional<Layer> parent, String name) {
    Digest diffId = digest(name);
    Optional<Digest> below = parent.map(Layer::chainId);
    Layer layer =
        new Layer(
            Layer.chainId(below, diffId),
            below,
            diffId,
            digest("blob of " + name),
            Compression.GZIP,
            10,
            100,
            catalog.newDirectory());
    assertTrue(catalog.add(layer));
    return layer;
  }

  private Digest image(String author, Layer... layers) throws IOException {
    String json =
        "{\"author\":\""
            + author
            + "\",\"created\":\"2024-01-0"
            + (layers.length + 1)
            + "T00:00:00Z\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
    byte[] config = json.getBytes(StandardCharsets.UTF_8);
    Digest id = Digest.of(config);
    Files.write(layout.blob(id), config);
    List<Digest> chainIds = List.of(layers).stream().map(Layer::chainId).toList();
    catalog.add(new ImageRecord(id, chainIds), ConfigReader.read(config));
    return id;
  }

  @Test
  void aStartFindsWhatWasNoted() throws IOException {
    Layer base = layer(Optional.empty(), "base");
    Layer top = layer(Optional.of(base), "top");
    Digest id = image("me", base, top);
    catalog.tag(APP, id);
    catalog.tag(OTHER, id);
    catalog.addRepoDigest(id, OTHER.withDigest(id).repoDigest(), Optional.of(digest("m")));
    catalog.add(new CompressedBlob(top.diffId(), digest("gz"), 7));
    Catalog again = loaded();
    assertEquals(catalog.images(), again.images());
    assertEquals(Set.copyOf(catalog.layers()), Set.copyOf(again.layers()));
    assertEquals(catalog.record(id), again.record(id));
    assertEquals(digest("gz"), again.compressed(top.diffId()).orElseThrow().blob());
    Image image = again.image(APP).orElseThrow();
    assertEquals(List.of("app:v1", "reg.example/team/other:v2"), image.repoTags());
    assertEquals(List.of("reg.example/team/other@" + id), image.repoDigests());
    assertEquals(200, image.size());
    assertFalse(image.dangling());
  }

  @Test
  void folderNamesAreNeverUsedTwice() {
    Layer first = layer(Optional.empty(), "a");
    Layer second = layer(Optional.empty(), "b");
    assertNotEquals(first.directory(), second.directory());
    catalog.removeLayer(second.chainId());
    assertNotEquals(second.directory(), catalog.newDirectory());
    for (int i = 0; i < 40; i++) {
      layer(Optional.empty(), "more " + i);
    }
    String next = loaded().newDirectory();
    assertTrue(catalog.layers().stream().noneMatch(layer -> layer.directory().equals(next)), next);
  }

  @Test
  void theSecondOfTwoThatBringALayerIsTold() {
    Layer layer = layer(Optional.empty(), "a");
    assertFalse(catalog.add(layer));
  }

  @ParameterizedTest
  @CsvSource({
    "app:v1, true",
    "docker.io/library/app:v1, true",
    "app, false",
    "app:v2, false",
    "team/app:v1, false",
    "reg.example/app:v1, false",
  })
  void aNameLeadsToItsImageAlone(String asked, boolean found) throws IOException {
    catalog.tag(APP, image("me"));
    assertEquals(found, catalog.image(ImageReference.parse(asked)).isPresent());
  }

  @Test
  void aNameThatMovesLeavesTheImageBefore() throws IOException {
    Digest before = image("before");
    Digest after = image("after");
    catalog.tag(APP, before);
    catalog.tag(APP, after);
    assertTrue(catalog.image(before).orElseThrow().dangling());
    assertEquals(List.of("app:v1"), catalog.image(after).orElseThrow().repoTags());
    catalog.untag(APP);
    catalog.untag(APP);
    assertTrue(catalog.image(after).orElseThrow().dangling());
    assertEquals(Optional.empty(), loaded().image(APP));
  }

  @Test
  void aNameWithADigestLeadsToWhatTheRegistryCallsSo() throws IOException {
    Digest id = image("me");
    Digest manifest = digest("manifest");
    catalog.addRepoDigest(id, APP.withDigest(manifest).repoDigest(), Optional.of(manifest));
    assertEquals(id, catalog.image(APP.withDigest(manifest)).orElseThrow().id());
    assertEquals(Optional.empty(), catalog.image(OTHER.withDigest(manifest)));
    assertEquals(Optional.empty(), catalog.image(APP.withDigest(id)));
  }

  @Test
  void aRegistrysDigestIsOneImagesOnly() throws IOException {
    Digest before = image("before");
    Digest after = image("after");
    String known = APP.withDigest(digest("index")).repoDigest();
    catalog.addRepoDigest(before, known, Optional.of(digest("m1")));
    catalog.addRepoDigest(after, known, Optional.of(digest("m2")));
    assertEquals(List.of(), catalog.record(before).orElseThrow().repoDigests());
    assertEquals(List.of(known), catalog.record(after).orElseThrow().repoDigests());
    catalog.addRepoDigest(after, known, Optional.of(digest("m2")));
    assertEquals(List.of(known), catalog.record(after).orElseThrow().repoDigests());
    catalog.removeRepoDigests(after, List.of(known));
    assertEquals(List.of(), loaded().record(after).orElseThrow().repoDigests());
  }

  @Test
  void aPrefixLeadsToAnImageIfJustOneHasIt() throws IOException {
    Digest id = image("a");
    image("b");
    assertEquals(id, catalog.imageByPrefix(id.hex()).orElseThrow().id());
    assertEquals(id, catalog.imageByPrefix(id.shortHex()).orElseThrow().id());
    assertEquals(Optional.empty(), catalog.imageByPrefix(""), "both have it");
    assertEquals(Optional.empty(), catalog.imageByPrefix("x"));
  }

  @Test
  void imagesComeTheNewestFirst() throws IOException {
    Layer layer = layer(Optional.empty(), "a");
    Digest old = image("old");
    Digest recent = image("recent", layer);
    assertEquals(List.of(recent, old), catalog.images().stream().map(Image::id).toList());
  }

  @Test
  void namesOfARepositoryAreSorted() throws IOException {
    Digest id = image("me");
    for (String tag : List.of("b", "a", "c")) {
      catalog.tag(APP.withTag(tag), id);
    }
    catalog.tag(OTHER, id);
    assertEquals(
        List.of("app:a", "app:b", "app:c"),
        catalog.tagsIn("docker.io/library/app").stream()
            .map(tag -> tag.reference().familiar())
            .toList());
    assertEquals(List.of(), catalog.tagsIn("docker.io/library/ap"));
  }

  @Test
  void depthCountsTheLayersBelow() {
    Layer base = layer(Optional.empty(), "base");
    Layer middle = layer(Optional.of(base), "middle");
    Layer top = layer(Optional.of(middle), "top");
    assertEquals(
        List.of(0, 1, 2), List.of(base, middle, top).stream().map(catalog::depth).toList());
  }

  @Test
  void whatIsNotedOfALayersPushGoesWithIt() {
    Layer layer = layer(Optional.empty(), "a");
    catalog.add(new CompressedBlob(layer.diffId(), digest("gz"), 7));
    catalog.removeLayer(layer.chainId());
    assertEquals(Optional.empty(), catalog.compressed(layer.diffId()));
    assertEquals(Optional.empty(), loaded().compressed(layer.diffId()));
  }

  @Test
  void blobsThatARecordCountsOnStay() throws IOException {
    Layer layer = layer(Optional.empty(), "a");
    Digest id = image("me", layer);
    catalog.addRepoDigest(id, APP.withDigest(id).repoDigest(), Optional.of(digest("manifest")));
    for (Digest used : List.of(id, layer.blob(), digest("manifest"))) {
      Files.write(layout.blob(used), new byte[1]);
      catalog.deleteUnusedBlob(used, Optional.empty());
      assertTrue(Files.exists(layout.blob(used)));
    }
    Files.write(layout.blob(digest("nobody's")), new byte[1]);
    catalog.deleteUnusedBlob(digest("nobody's"), Optional.empty());
    assertFalse(Files.exists(layout.blob(digest("nobody's"))));
  }

  @Test
  void namesThatLeadNowhereGoAtStart() throws IOException {
    Digest id = image("me");
    catalog.tag(APP, id);
    catalog.removeImage(id);
    assertEquals(Optional.empty(), loaded().image(APP));
    try (var left = Files.list(layout.tags())) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void anImageThatLostALayerStopsTheStartWithARemedy() throws IOException {
    Layer layer = layer(Optional.empty(), "a");
    Digest id = image("me", layer);
    catalog.removeLayer(layer.chainId());
    String message = assertThrows(SystemFailure.class, this::loaded).getMessage();
    assertTrue(message.contains("has lost its layer " + layer.chainId()), message);
    assertTrue(message.contains("move " + layout.images().resolve(id.hex() + ".json")), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "other"})
  void aDamagedConfigurationStopsTheStart(String content) throws IOException {
    Digest id = image("me");
    Files.writeString(layout.blob(id), content);
    String message = assertThrows(SystemFailure.class, this::loaded).getMessage();
    assertTrue(message.contains("configuration of image " + id.shortHex()), message);
    assertTrue(message.contains("is damaged"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc", "A", "", "0/1", "1234567890123"})
  void aLayersFolderIsANumber(String directory) throws IOException {
    Layer layer = layer(Optional.empty(), "a");
    Path file = layout.layers().resolve(layer.chainId().hex() + ".json");
    String json = Files.readString(file);
    String own = "\"directory\": \"" + layer.directory() + "\"";
    assertTrue(json.contains(own), json);
    Files.writeString(file, json.replace(own, "\"directory\": \"" + directory + "\""));
    assertThrows(SystemFailure.class, this::loaded);
  }

  @Test
  void onlyRootMayLookIntoTheStore() throws IOException {
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.root())));
    assertTrue(Files.isDirectory(layout.layer(StoreLayout.EMPTY_LAYER)));
    layout.create();
    assertNotEquals(layout.temporary("x"), layout.temporary("x"));
  }
}
