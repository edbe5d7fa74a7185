package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Digest;
import io.jdocker.images.Image;
import io.jdocker.images.MediaTypes;
import io.jdocker.images.RegistryFixture;
import io.jdocker.images.testing.FakeRegistry;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pull: what it asks, tells, keeps and leaves. */
class PullIT {
  @TempDir Path folder;
  private FakeRegistry registry;
  private RegistryFixture fixture;

  @BeforeEach
  void start() {
    registry = FakeRegistry.start();
    fixture = new RegistryFixture(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
    registry.close();
  }

  private String name(String rest) {
    return registry.host() + "/" + rest;
  }

  private static RegistryImage twoLayers() {
    return new RegistryImage()
        .layer(new TarBuilder().file("base", "b", 0644).file("gone", "g", 0644))
        .layer(new TarBuilder().file("top", "t", 0644).file(".wh.gone", "", 0644));
  }

  /** Content that no compression makes small. */
  static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  void tellsWhatDockerTells() {
    RegistryImage image = twoLayers();
    Digest digest = image.putInto(registry, "lib/app", "1");
    RegistryFixture.Report report = new RegistryFixture.Report();
    Pulled pulled = fixture.pull(name("lib/app:1"), report);
    String base = image.blob(0).shortHex();
    String top = image.blob(1).shortHex();
    assertTrue(pulled.newer());
    assertEquals(digest, pulled.digest());
    assertEquals("1: Pulling from lib/app", report.lines().get(0));
    assertEquals(
        List.of(
            base + ": Pulling fs layer",
            base + ": Verifying Checksum",
            base + ": Download complete",
            base + ": Pull complete"),
        report.lines().stream().filter(line -> line.startsWith(base)).toList());
    List<String> end = report.lines().subList(report.lines().size() - 3, report.lines().size());
    assertEquals(
        List.of(
            top + ": Pull complete",
            "Digest: " + digest,
            "Status: Downloaded newer image for " + name("lib/app:1")),
        end);
  }

  @Test
  void unpacksEveryLayerAndKeepsItsBytes() throws IOException {
    RegistryImage image = twoLayers();
    Digest digest = image.putInto(registry, "app", "latest");
    Image pulled = fixture.pull(name("app")).image();
    assertEquals(Digest.of(image.config()), pulled.id());
    assertEquals(List.of(name("app:latest")), pulled.repoTags());
    assertEquals(List.of(name("app@" + digest)), pulled.repoDigests());
    Path base = fixture.store().layers(pulled).get(0).folder();
    Path top = fixture.store().layers(pulled).get(1).folder();
    assertEquals("b", Files.readString(base.resolve("base")));
    assertEquals("t", Files.readString(top.resolve("top")));
    for (byte[] blob : image.blobs()) {
      Path kept = fixture.images().resolve("blobs/sha256").resolve(Digest.of(blob).hex());
      assertArrayEquals(blob, Files.readAllBytes(kept), "as it came, so that a push repeats it");
    }
    assertEquals(List.of(), fixture.in("downloads"));
    assertEquals(List.of(), fixture.in("tmp"));
    fixture.reopen();
    Image again = fixture.store().get(name("app@" + digest));
    assertEquals(pulled.id(), again.id(), "found by digest after a restart");
  }

  @Test
  void anImageThatIsHereTakesOneQuestion() {
    twoLayers().putInto(registry, "app", "1");
    fixture.pull(name("app:1"));
    registry.forget();
    RegistryFixture.Report report = new RegistryFixture.Report();
    assertFalse(fixture.pull(name("app:1"), report).newer());
    assertEquals(List.of("HEAD /v2/app/manifests/1"), registry.lines());
    assertEquals(
        "Status: Image is up to date for " + name("app:1"),
        report.lines().get(report.lines().size() - 1));
  }

  @Test
  void aDigestThatIsHereTakesNone() {
    Digest digest = twoLayers().putInto(registry, "app", "1");
    String reference = name("app@" + digest);
    Pulled first = fixture.pull(reference);
    assertTrue(first.newer());
    assertEquals(List.of(), first.image().repoTags(), "a digest is no tag");
    registry.forget();
    assertFalse(fixture.pull(reference).newer());
    assertEquals(List.of(), registry.lines());
  }

  @Test
  void aTagThatMovedLeavesTheOldImageByItsDigest() {
    Digest old = twoLayers().putInto(registry, "app", "1");
    Image first = fixture.pull(name("app:1")).image();
    new RegistryImage()
        .layer(new TarBuilder().file("new", "n", 0644))
        .putInto(registry, "app", "1");
    Pulled second = fixture.pull(name("app:1"));
    assertTrue(second.newer());
    Image left = fixture.store().get(first.id().toString());
    assertTrue(left.dangling());
    assertEquals(List.of(name("app@" + old)), left.repoDigests());
  }

  @Test
  void sharedLayersAreNotFetchedAgain() {
    RegistryImage base = new RegistryImage().layer(new TarBuilder().file("base", "b", 0644));
    base.putInto(registry, "base", "1");
    fixture.pull(name("base:1"));
    RegistryImage app =
        new RegistryImage()
            .layer(new TarBuilder().file("base", "b", 0644))
            .layer(new TarBuilder().file("app", "a", 0644));
    app.putInto(registry, "app", "1");
    RegistryFixture.Report report = new RegistryFixture.Report();
    fixture.pull(name("app:1"), report);
    assertTrue(report.lines().contains(base.blob(0).shortHex() + ": Already exists"));
    assertEquals(1, registry.asked("GET /v2/base/blobs/" + base.blob(0)).size());
    assertEquals(0, registry.asked("GET /v2/app/blobs/" + base.blob(0)).size());
  }

  @Test
  void theSameBlobTwiceInAnImageIsFetchedOnce() {
    TarBuilder tar = new TarBuilder().file("same", "s", 0644);
    byte[] plain = tar.build();
    byte[] blob = RegistryImage.gzip(plain);
    RegistryImage image =
        new RegistryImage()
            .layer(plain, blob, RegistryImage.GZIP_LAYER)
            .layer(plain, blob, RegistryImage.GZIP_LAYER);
    image.putInto(registry, "twice", "1");
    assertEquals(2, fixture.pull(name("twice:1")).image().chainIds().size());
    assertEquals(1, registry.asked("GET /v2/twice/blobs/" + image.blob(0)).size());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void takesLayersInEveryForm(String form, String type, byte[] blob, byte[] tar) {
    RegistryImage image = new RegistryImage().layer(tar, blob, type);
    image.putInto(registry, "form", "1");
    Image pulled = fixture.pull(name("form:1")).image();
    assertTrue(Files.exists(fixture.store().layers(pulled).get(0).folder().resolve("file")));
  }

  static Stream<Arguments> forms() throws IOException {
    byte[] tar = new TarBuilder().file("file", "content", 0644).build();
    ByteArrayOutputStream zstd = new ByteArrayOutputStream();
    try (var out = new io.airlift.compress.zstd.ZstdOutputStream(zstd)) {
      out.write(tar);
    }
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(RegistryImage.gzip(java.util.Arrays.copyOf(tar, 700)));
    two.writeBytes(RegistryImage.gzip(java.util.Arrays.copyOfRange(tar, 700, tar.length)));
    String oci = "application/vnd.oci.image.layer.v1.tar";
    String docker = "application/vnd.docker.image.rootfs.diff.tar";
    return Stream.of(
        Arguments.of("plain", oci, tar, tar),
        Arguments.of("Docker's gzip", docker + ".gzip", RegistryImage.gzip(tar), tar),
        Arguments.of("gzip of two members", oci + "+gzip", two.toByteArray(), tar),
        Arguments.of("zstd", oci + "+zstd", zstd.toByteArray(), tar));
  }

  @Test
  void choosesThePlatformAndPassesOverAttestations() {
    RegistryImage arm = new RegistryImage("arm64").layer(new TarBuilder().file("arm", "", 0644));
    RegistryImage amd = twoLayers();
    arm.putInto(registry, "multi", "");
    amd.putInto(registry, "multi", "");
    String attestation =
        amd.entry()
            .replace("\"amd64\"", "\"unknown\"")
            .replace("\"linux\"", "\"unknown\"")
            .replaceFirst(
                "}$", ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}}");
    Digest index =
        registry.manifest(
            "multi",
            "1",
            MediaTypes.OCI_INDEX,
            RegistryImage.index(attestation, arm.entry(), amd.entry()));
    Pulled pulled = fixture.pull(name("multi:1"), "linux/amd64");
    assertEquals(Digest.of(amd.config()), pulled.image().id());
    assertEquals(index, pulled.digest(), "the index is what the name leads to");
    assertEquals(
        Digest.of(arm.config()), fixture.pull(name("multi:1"), "linux/arm64/v8").image().id());
    NotFound none =
        assertThrows(NotFound.class, () -> fixture.pull(name("multi:1"), "linux/s390x"));
    assertEquals(
        "no matching manifest for linux/s390x in the manifest list entries", none.getMessage());
  }

  @Test
  void anImageOfOnePlatformIsNotAnothers() {
    twoLayers().putInto(registry, "app", "1");
    NotFound refused =
        assertThrows(NotFound.class, () -> fixture.pull(name("app:1"), "linux/arm64"));
    assertEquals(
        "image with reference "
            + name("app:1")
            + " was found but does not match the specified platform: wanted linux/arm64, actual:"
            + " linux/amd64",
        refused.getMessage());
    assertEquals(List.of(), fixture.store().list());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesBeforeAnyLayer(String why, String type, String manifest, String message) {
    registry.manifest("odd", "1", type, manifest);
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> fixture.pull(name("odd:1")));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertEquals(0, registry.asked("GET /v2/odd/blobs/").size());
    assertEquals(List.of(), fixture.in("tmp"));
  }

  static Stream<Arguments> refusals() {
    String manifest = twoLayers().manifest();
    return Stream.of(
        Arguments.of(
            "schema 1",
            "application/vnd.docker.distribution.manifest.v1+prettyjws",
            "{\"schemaVersion\":1,\"fsLayers\":[]}",
            "schema version 1"),
        Arguments.of(
            "both index and manifest (CVE-2021-41190)",
            MediaTypes.OCI_MANIFEST,
            manifest.replaceFirst("\\{", "{\"manifests\":[],"),
            "both index and manifest"),
        Arguments.of(
            "another type inside than outside (CVE-2021-41190)",
            MediaTypes.DOCKER_MANIFEST,
            manifest,
            "says to be"),
        Arguments.of(
            "an artifact",
            MediaTypes.OCI_MANIFEST,
            manifest.replace(MediaTypes.OCI_CONFIG, "application/vnd.cncf.helm.config.v1+json"),
            "is an artifact of type \"application/vnd.cncf.helm.config.v1+json\""),
        Arguments.of(
            "statements instead of layers",
            MediaTypes.OCI_MANIFEST,
            manifest.replace(RegistryImage.GZIP_LAYER, "application/vnd.in-toto+json"),
            "is no image to run"),
        Arguments.of(
            "a digest that is a path (CVE-2024-3727)",
            MediaTypes.OCI_MANIFEST,
            manifest.replaceAll("sha256:[0-9a-f]{64}", "sha256:../../../../etc/passwd"),
            "invalid checksum digest format"),
        Arguments.of("no JSON", MediaTypes.OCI_MANIFEST, "<html>", "is not a JSON object"),
        Arguments.of(
            "an unknown type", "text/html", "{\"config\":{}}", "\"text/html\" is not supported"));
  }

  @Test
  void aLayerThatIsNotWhatItsConfigurationSaysIsRefused() {
    byte[] tar = new TarBuilder().file("said", "x", 0644).build();
    byte[] other = RegistryImage.gzip(new TarBuilder().file("other", "y", 0644).build());
    new RegistryImage().layer(tar, other, RegistryImage.GZIP_LAYER).putInto(registry, "lie", "1");
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> fixture.pull(name("lie:1")));
    assertTrue(refused.getMessage().startsWith("invalid diffID"), refused.getMessage());
    assertEquals(List.of(), fixture.store().list());
    assertEquals(List.of("0"), fixture.in("l"), "no layer but the empty one");
  }

  @Test
  void aLayerThatIsNoArchiveIsRefused() {
    byte[] noise = noise(5000);
    new RegistryImage()
        .layer(noise, noise, RegistryImage.GZIP_LAYER)
        .putInto(registry, "noise", "1");
    assertThrows(InvalidArgument.class, () -> fixture.pull(name("noise:1")));
    assertEquals(List.of("0"), fixture.in("l"));
  }

  @Test
  void aHostileLayerStaysInItsFolder() {
    new RegistryImage()
        .layer(
            new TarBuilder()
                .symlink("out", folder.toString())
                .file("out/planted", "x", 0644)
                .file("../../../../planted", "x", 0644))
        .putInto(registry, "evil", "1");
    try {
      fixture.pull(name("evil:1"));
    } catch (InvalidArgument e) {
      assertEquals(List.of(), fixture.store().list(), "refused whole");
    }
    assertFalse(Files.exists(folder.resolve("planted")));
    assertFalse(Files.exists(folder.resolveSibling("planted")));
  }

  @Test
  void whatIsNotThereIsSaidInDockersWords() {
    NotFound tag = assertThrows(NotFound.class, () -> fixture.pull(name("nope")));
    assertEquals(
        "manifest for " + name("nope:latest") + " not found: manifest unknown: manifest unknown",
        tag.getMessage());
    registry.next(
        "GET", FakeRegistry.failing(403, "DENIED", "requested access to the resource is denied"));
    NotFound denied = assertThrows(NotFound.class, () -> fixture.pull(name("private:1")));
    assertEquals(
        "pull access denied for "
            + name("private")
            + ", repository does not exist or may require 'docker login': denied: requested access"
            + " to the resource is denied",
        denied.getMessage());
  }

  @Test
  void nobodyThereIsSaidAtOnce() {
    String gone = registry.host();
    registry.close();
    SystemFailure failure = assertThrows(SystemFailure.class, () -> fixture.pull(gone + "/app:1"));
    assertEquals(
        "Get \"http://" + gone + "/v2/\": dial tcp " + gone + ": connect: connection refused",
        failure.getMessage());
  }
}
