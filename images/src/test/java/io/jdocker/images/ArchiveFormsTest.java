package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarReader;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in an archive of either form, before any of it goes into the store. */
final class ArchiveFormsTest {
  private static final byte[] CONFIG = "{\"config\":1}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LAYER = "a layer".getBytes(StandardCharsets.UTF_8);
  private static final Platform AMD64 = new Platform("linux", "amd64", "");

  @TempDir private Path root;
  private StoreLayout layout;
  private Ingest ingest;

  @BeforeEach
  void open() {
    layout = new StoreLayout(root);
    layout.create();
    ingest = new Ingest(Kernel.load(), layout, new Catalog(layout));
  }

  @AfterEach
  void leavesNothingBehind() throws IOException {
    ingest.close();
    try (java.util.stream.Stream<Path> left = Files.list(layout.temporaries())) {
      assertEquals(List.of(), left.toList());
    }
  }

  private ArchiveMembers stage(TarBuilder tar) throws IOException {
    return ArchiveMembers.stage(new TarReader(new ByteArrayInputStream(tar.build())), ingest);
  }

  private static String refusal(org.junit.jupiter.api.function.Executable reading) {
    return assertThrows(InvalidArgument.class, reading).getMessage();
  }

  private static String path(byte[] content) {
    return "blobs/sha256/" + Digest.of(content).hex();
  }

  private static TarBuilder blob(TarBuilder tar, byte[] content) {
    return tar.file(path(content), content, 0644);
  }

  private static String descriptor(String type, byte[] content, long size, String more) {
    return "{\"mediaType\":\""
        + type
        + "\",\"digest\":\""
        + Digest.of(content)
        + "\",\"size\":"
        + size
        + more
        + "}";
  }

  private static String descriptor(String type, byte[] content) {
    return descriptor(type, content, content.length, "");
  }

  private static byte[] manifest(long layerSize) {
    String json =
        "{\"schemaVersion\":2,\"config\":"
            + descriptor(MediaTypes.OCI_CONFIG, CONFIG)
            + ",\"layers\":["
            + descriptor("layer", LAYER, layerSize, "")
            + "]}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] index(String... entries) {
    return ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String entry(byte[] manifest, String more) {
    return descriptor(MediaTypes.OCI_MANIFEST, manifest, manifest.length, more);
  }

  private static String named(String key, String name) {
    return ",\"annotations\":{\"" + key + "\":\"" + name + "\"}";
  }

  private List<ArchivedImage> oci(TarBuilder tar, byte[] index) throws IOException {
    return new OciLayout(stage(tar.file("index.json", index, 0644)), AMD64).read();
  }

  private static TarBuilder blobs(byte[] manifest) {
    return blob(blob(blob(new TarBuilder(), manifest), CONFIG), LAYER);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "io.containerd.image.name, docker.io/library/app:v1, app:v1",
    "io.containerd.image.name, app, app:latest",
    "org.opencontainers.image.ref.name, reg.example/app:v1, reg.example/app:v1",
    "org.opencontainers.image.ref.name, app:v1, app:v1",
    "org.opencontainers.image.ref.name, v1, ''",
    "other, app:v1, ''",
  })
  void anImageHasTheNameOfItsEntry(String key, String written, String expected) throws IOException {
    byte[] manifest = manifest(LAYER.length);
    List<ArchivedImage> found = oci(blobs(manifest), index(entry(manifest, named(key, written))));
    assertEquals(Digest.of(CONFIG), found.get(0).config().digest());
    assertEquals(
        List.of(Digest.of(LAYER)), found.get(0).layers().stream().map(StagedBlob::digest).toList());
    assertEquals(
        expected.isEmpty() ? List.of() : List.of(expected),
        found.get(0).names().stream().map(ImageReference::familiar).toList());
  }

  @Test
  void anIndexMayLeadToAnother() throws IOException {
    byte[] manifest = manifest(LAYER.length);
    byte[] inner = index(entry(manifest, ""));
    byte[] outer =
        index(
            descriptor(
                MediaTypes.OCI_INDEX,
                inner,
                inner.length,
                named("io.containerd.image.name", "app:v1")));
    List<ArchivedImage> found = oci(blob(blobs(manifest), inner), outer);
    assertEquals(Digest.of(CONFIG), found.get(0).config().digest());
    assertEquals("app:v1", found.get(0).names().get(0).familiar());
  }

  @Test
  void ofSeveralPlatformsTheOneAskedForIsRead() throws IOException {
    byte[] manifest = manifest(LAYER.length);
    String arm = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}";
    String amd = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}";
    byte[] absent = "not in the archive".getBytes(StandardCharsets.UTF_8);
    byte[] both = index(entry(absent, arm), entry(manifest, amd));
    assertEquals(1, oci(blobs(manifest), both).size());
    byte[] none = index(entry(absent, arm), entry(manifest, arm));
    assertEquals(
        "no matching manifest for linux/amd64 in the manifest list entries",
        refusal(() -> oci(blobs(manifest), none)));
  }

  @Test
  void attestationsAreNoImages() throws IOException {
    byte[] manifest = manifest(LAYER.length);
    byte[] attested =
        index(
            entry("gone".getBytes(StandardCharsets.UTF_8), named("vnd.docker.reference.type", "x")),
            entry(manifest, ""));
    assertEquals(1, oci(blobs(manifest), attested).size());
    byte[] alone = index(entry(manifest, named("vnd.docker.reference.type", "x")));
    assertEquals(
        "cannot load: index.json names no image", refusal(() -> oci(blobs(manifest), alone)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 6, 8, Long.MAX_VALUE})
  void aSizeThatLiesIsRefused(long size) {
    byte[] manifest = manifest(size);
    assertEquals(
        "cannot load: blob " + Digest.of(LAYER) + " has 7 bytes, not " + size,
        refusal(() -> oci(blobs(manifest), index(entry(manifest, "")))));
  }

  @Test
  void aBlobWhoseNameLiesIsMissing() {
    byte[] manifest = manifest(LAYER.length);
    TarBuilder tar =
        blob(blob(new TarBuilder(), manifest), CONFIG)
            .file(path(LAYER), "not the layer".getBytes(StandardCharsets.UTF_8), 0644);
    assertEquals(
        "cannot load: blob " + Digest.of(LAYER) + " is missing from the archive or damaged",
        refusal(() -> oci(tar, index(entry(manifest, "")))));
  }

  @Test
  void theIndexMustBeOne() {
    assertEquals(
        "cannot load: index.json names no image", refusal(() -> oci(new TarBuilder(), index())));
    byte[] manifest = manifest(LAYER.length);
    assertTrue(refusal(() -> oci(blobs(manifest), manifest)).contains("index.json"));
    assertTrue(refusal(() -> oci(new TarBuilder(), new byte[] {'{'})).contains("not valid JSON"));
  }

  @Test
  void aBlobTheStoreHasIsNotStagedAgain() throws IOException {
    Files.write(layout.blob(Digest.of(LAYER)), LAYER);
    ArchiveMembers members = stage(blob(new TarBuilder(), LAYER));
    assertEquals(layout.blob(Digest.of(LAYER)), members.get(path(LAYER)).file());
  }

  private static TarBuilder docker(String manifest) {
    return new TarBuilder()
        .file("config.json", CONFIG, 0644)
        .file("a/layer.tar", LAYER, 0644)
        .symlink("b/layer.tar", "../a/layer.tar")
        .hardLink("c/layer.tar", "./b/layer.tar")
        .file("manifest.json", manifest, 0644);
  }

  private List<ArchivedImage> read(String manifest) throws IOException {
    return DockerArchive.read(stage(docker(manifest)));
  }

  @Test
  void dockersFormNamesFilesWhichMayBeLinks() throws IOException {
    List<ArchivedImage> images =
        read(
            "[{\"Config\":\"config.json\",\"RepoTags\":[\"app:v1\",\"b\"],\"Layers\":"
                + "[\"a/layer.tar\",\"b/layer.tar\",\"./c//layer.tar\",\"x/../a/layer.tar\"]},"
                + "{\"Config\":\"config.json\",\"RepoTags\":null,\"Layers\":null}]");
    assertEquals(Digest.of(CONFIG), images.get(0).config().digest());
    assertEquals(4, images.get(0).layers().size());
    assertEquals(1, images.get(0).layers().stream().distinct().count());
    assertEquals(2, images.get(0).names().size());
    assertEquals(List.of(), images.get(1).names());
    assertEquals(List.of(), images.get(1).layers());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | cannot load: manifest.json names no image",
        "{} | manifest.json is not a JSON array",
        "[{}] | manifest.json[0] has no Config",
        "[{\"Config\":7}] | manifest.json[0]: Config is not a string",
        "[{\"Config\":\"none.json\"}] | cannot load: the archive has no file none.json",
        "[{\"Config\":\"../../etc/passwd\"}]"
            + "| cannot load: the archive has no file ../../etc/passwd",
        "[{\"Config\":\"config.json\",\"Layers\":[\"d\"]}]"
            + "| cannot load: the archive has no file d",
        "[{\"Config\":\"config.json\",\"Layers\":\"a\"}]"
            + "| manifest.json[0]: Layers is not an array",
        "[{\"Config\":\"config.json\",\"RepoTags\":[\"UPPER\"]}] |"
            + " invalid reference format: repository name (library/UPPER) must be lowercase",
      })
  void whatIsWrongWithDockersFormIsNamed(String manifest, String message) {
    assertEquals(message, refusal(() -> read(manifest)));
  }

  @Test
  void linksThatLeadInACircleLeadNowhere() throws IOException {
    ArchiveMembers members =
        stage(new TarBuilder().symlink("a", "b").symlink("b", "a").symlink("c", "c"));
    assertFalse(members.find("a").isPresent());
    assertFalse(members.find("c").isPresent());
  }

  @Test
  void aDocumentIsNotWithoutEnd() throws IOException {
    byte[] big = new byte[(8 << 20) + 1];
    ArchiveMembers members = stage(new TarBuilder().file("manifest.json", big, 0644));
    String message = refusal(() -> DockerArchive.read(members));
    assertTrue(message.startsWith("cannot load: manifest.json of " + big.length), message);
  }
}
