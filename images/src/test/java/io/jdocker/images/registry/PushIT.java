package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Digest;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.RegistryFixture;
import io.jdocker.images.testing.FakeRegistry;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A push: what is sent, what is spared, and what the registry then has. */
class PushIT {
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

  private static byte[] tar() {
    return new TarBuilder().file("file", PullIT.noise(70_000), 0644).build();
  }

  @Test
  void anImportedImageArrivesCompressedAndWhole() throws IOException {
    byte[] tar = tar();
    Image image = fixture.importTar(name("app:1"), tar);
    List<String> lines = fixture.push(name("app:1"));
    String manifest = registry.manifest("app", "1").orElseThrow();
    Digest digest = Digest.of(manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    String layer = image.config().diffIds().get(0).shortHex();
    assertEquals(
        List.of(
            "The push refers to repository [" + name("app") + "]",
            layer + ": Preparing",
            layer + ": Pushed",
            "1: digest: " + digest + " size: " + manifest.length(),
            "aux 1 " + digest + " " + manifest.length()),
        lines);
    assertEquals(List.of(name("app@" + digest)), fixture.store().get(name("app:1")).repoDigests());
    String blob =
        manifest.replaceAll("(?s).*\"layers\".*\"digest\": \"(sha256:[0-9a-f]+)\".*", "$1");
    byte[] sent = registry.blob(Digest.parse(blob)).orElseThrow();
    try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      assertArrayEquals(tar, content.readAllBytes());
    }
    assertTrue(registry.blob(image.id()).isPresent(), "and its configuration");
  }

  @Test
  void partsComeBeforeWhatNamesThem() {
    fixture.importTar(name("app:1"), tar());
    fixture.push(name("app:1"));
    List<String> writes =
        registry.lines().stream().filter(line -> line.startsWith("PUT ")).toList();
    assertEquals(3, writes.size());
    assertTrue(writes.get(0).contains("/blobs/uploads/"), "layer");
    assertTrue(writes.get(1).contains("/blobs/uploads/"), "configuration");
    assertEquals("PUT /v2/app/manifests/1", writes.get(2));
  }

  @Test
  void aSecondPushSendsNoLayer() {
    fixture.importTar(name("app:1"), tar());
    fixture.push(name("app:1"));
    registry.forget();
    fixture.reopen();
    List<String> lines = fixture.push(name("app:1"));
    assertTrue(lines.get(2).endsWith(": Layer already exists"), lines.toString());
    assertEquals(List.of(), registry.asked("POST"));
    assertEquals(List.of(), registry.asked("PATCH"));
  }

  @Test
  void whatWasPulledIsPushedByteForByte() {
    RegistryImage image =
        new RegistryImage()
            .layer(new TarBuilder().file("a", "a", 0644))
            .layer(new TarBuilder().file("b", "b", 0644));
    Digest digest = image.putInto(registry, "app", "1");
    fixture.pull(name("app:1"));
    try (FakeRegistry other = FakeRegistry.start()) {
      String copy = other.host() + "/copy/app:2";
      fixture.store().tag(name("app:1"), ImageReference.parse(copy));
      fixture.push(copy);
      assertEquals(image.manifest(), other.manifest("copy/app", "2").orElseThrow());
      assertEquals(image.manifest(), other.manifest("copy/app", digest.toString()).orElseThrow());
      for (byte[] blob : image.blobs()) {
        assertArrayEquals(blob, other.blob(Digest.of(blob)).orElseThrow());
      }
      assertEquals(List.of(), other.asked("PATCH"), "sent in one piece: nothing is compressed");
    }
  }

  @Test
  void aBlobOfAnotherRepositoryIsMounted() {
    Digest blob = blobOfPulled();
    fixture.store().tag(name("app:1"), ImageReference.parse(name("team/copy:1")));
    registry.forget();
    // The registry has blobs per repository; the fake's are common, so it must say "no" once.
    registry.next(
        "HEAD /v2/team/copy/blobs/" + blob, FakeRegistry.failing(404, "BLOB_UNKNOWN", "unknown"));
    List<String> lines = fixture.push(name("team/copy:1"));
    assertTrue(lines.stream().anyMatch(l -> l.endsWith(": Mounted from app")), lines.toString());
    assertTrue(
        registry.lines().contains("POST /v2/team/copy/blobs/uploads/?mount=" + blob + "&from=app"),
        registry.lines().toString());
    assertEquals(List.of(), registry.asked("PATCH"));
  }

  private Digest blobOfPulled() {
    RegistryImage image = new RegistryImage().layer(new TarBuilder().file("a", "a", 0644));
    image.putInto(registry, "app", "1");
    fixture.pull(name("app:1"));
    return image.blob(0);
  }

  @Test
  void aMountThatIsRefusedBecomesAnUpload() {
    Digest blob = blobOfPulled();
    fixture.store().tag(name("app:1"), ImageReference.parse(name("copy:1")));
    registry.next(
        "HEAD /v2/copy/blobs/" + blob, FakeRegistry.failing(404, "BLOB_UNKNOWN", "unknown"));
    registry.next(
        "POST /v2/copy/blobs/uploads/?mount", FakeRegistry.failing(403, "DENIED", "not yours"));
    List<String> lines = fixture.push(name("copy:1"));
    assertTrue(lines.stream().anyMatch(l -> l.endsWith(": Pushed")), lines.toString());
  }

  @ParameterizedTest
  @CsvSource({"POST, 503", "PATCH, 500", "PATCH, 429", "PUT /v2/app/blobs, 502"})
  void anUploadThatFailsIsBegunAgain(String request, int status) {
    fixture.importTar(name("app:1"), tar());
    registry.next(request, FakeRegistry.failing(status, "UNAVAILABLE", "try later"));
    fixture.push(name("app:1"));
    assertTrue(registry.manifest("app", "1").isPresent());
  }

  @Test
  void anUploadThatIsCutIsBegunAgain() {
    fixture.importTar(name("app:1"), tar());
    registry.next(
        "PATCH",
        exchange -> {
          exchange.getRequestBody().readNBytes(1000);
          return true; // closed without an answer
        });
    fixture.push(name("app:1"));
    assertEquals(2, registry.asked("PATCH").size());
    assertTrue(registry.manifest("app", "1").isPresent());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void placesToUploadToMayBeRelativeOrWhole(boolean whole) {
    fixture.importTar(name("app:1"), tar());
    registry.next(
        2,
        "POST",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String path = "/v2/app/blobs/uploads/mine" + registry.lines().size();
          exchange
              .getResponseHeaders()
              .set("Location", whole ? registry.uri() + path : path + "?_state=x%2By");
          exchange.sendResponseHeaders(202, -1);
          return true;
        });
    fixture.push(name("app:1"));
    assertTrue(registry.manifest("app", "1").isPresent());
    assertTrue(
        registry.asked("PUT /v2/app/blobs/uploads/mine").stream()
            .allMatch(
                put ->
                    put.line().contains(whole ? "?digest=" : "&digest=")
                        || put.line().contains("_state=c")),
        registry.lines().toString());
  }

  @Test
  void everyTagOfARepositoryAtOnce() {
    fixture.importTar(name("app:1"), tar());
    fixture.store().tag(name("app:1"), ImageReference.parse(name("app:2")));
    fixture.store().tag(name("app:1"), ImageReference.parse(name("other:3")));
    fixture.push(name("app"));
    assertTrue(registry.manifest("app", "1").isPresent());
    assertTrue(registry.manifest("app", "2").isPresent());
    assertTrue(registry.manifest("other", "3").isEmpty());
  }

  @Test
  void whatIsNotHereCannotBePushed() {
    NotFound failure = assertThrows(NotFound.class, () -> fixture.push(name("nope:1")));
    assertEquals(
        "An image does not exist locally with the tag: " + name("nope"), failure.getMessage());
    assertEquals(List.of(), registry.asked("PUT"));
  }

  @Test
  void aRefusalIsSaidInTheRegistrysWords() {
    fixture.importTar(name("app:1"), tar());
    registry.next(
        "POST", FakeRegistry.failing(403, "DENIED", "requested access to the resource is denied"));
    Forbidden failure = assertThrows(Forbidden.class, () -> fixture.push(name("app:1")));
    assertEquals("denied: requested access to the resource is denied", failure.getMessage());
    assertTrue(registry.manifest("app", "1").isEmpty());
  }

  @Test
  void aRegistryThatStaysDownEndsIt() {
    fixture.importTar(name("app:1"), tar());
    registry.next(50, "POST", FakeRegistry.failing(503, "UNAVAILABLE", "maintenance"));
    SystemFailure failure = assertThrows(SystemFailure.class, () -> fixture.push(name("app:1")));
    assertEquals("unavailable: maintenance", failure.getMessage());
  }
}
