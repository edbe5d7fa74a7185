package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start says to damaged state, and what it sweeps: nothing is guessed, all is named. */
class DamagedStoreIT {
  @TempDir Path root;
  private StoreFixture fixture;
  private Image image;

  @BeforeEach
  void setUp() {
    fixture = new StoreFixture(root);
    image = fixture.importTar("a:1", new TarBuilder().file("x", "1", 0644));
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private Path only(String folder) {
    try (Stream<Path> files = Files.list(fixture.images().resolve(folder))) {
      return files.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("records")
  void aDamagedRecordStopsTheStartAndIsNamed(String folder, String damage) throws IOException {
    Path record = only(folder);
    String whole = Files.readString(record);
    switch (damage) {
      case "empty" -> Files.writeString(record, "");
      case "cut" -> Files.writeString(record, whole.substring(0, whole.length() / 2));
      case "zeros" -> Files.write(record, new byte[whole.length()]);
      default -> Files.writeString(record, whole.replaceAll("sha256:[0-9a-f]{64}", damage));
    }
    SystemFailure failure = assertThrows(SystemFailure.class, fixture::reopen);
    assertTrue(failure.getMessage().contains(record.toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("away"), "and what to do: " + failure.getMessage());
    assertTrue(Files.exists(fixture.images().resolve("l/1/x")), "nothing was deleted");
  }

  static Stream<Arguments> records() {
    return Stream.of("images", "layers", "tags")
        .flatMap(
            folder ->
                Stream.of("empty", "cut", "zeros", "sha256:../../etc", "md5:1")
                    .map(damage -> Arguments.of(folder, damage)));
  }

  @ParameterizedTest
  @CsvSource({
    "\"directory\": \"1\", \"directory\": \"../../x\", is not a layer number",
    "\"directory\": \"1\", \"directory\": \"\", has no directory",
    "\"compression\": \"NONE\", \"compression\": \"LZ4\", unknown compression"
  })
  void aLayersRecordIsChecked(String from, String to, String message) throws IOException {
    Path record = only("layers");
    Files.writeString(record, Files.readString(record).replace(from, to));
    SystemFailure failure = assertThrows(SystemFailure.class, fixture::reopen);
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"rootfs\":{}}", "gone"})
  void aDamagedConfigurationIsNamed(String content) throws IOException {
    Path blob = fixture.images().resolve("blobs/sha256").resolve(image.id().hex());
    Files.delete(blob);
    if (!content.equals("gone")) {
      Files.writeString(blob, content);
    }
    SystemFailure failure = assertThrows(SystemFailure.class, fixture::reopen);
    assertTrue(failure.getMessage().contains(image.id().shortHex()), failure.getMessage());
    Path record = fixture.images().resolve("images/" + image.id().hex() + ".json");
    assertTrue(failure.getMessage().contains("move " + record), failure.getMessage());
    Files.delete(record);
    assertEquals(List.of(), fixture.reopen().list(), "as it says");
  }

  @Test
  void anImageThatLostALayerIsNamed() throws IOException {
    Files.delete(only("layers"));
    SystemFailure failure = assertThrows(SystemFailure.class, fixture::reopen);
    assertTrue(failure.getMessage().contains("has lost its layer"), failure.getMessage());
  }

  @Test
  void aNameThatLeadsNowhereGoes() throws IOException {
    Path tag = only("tags");
    String other = Digest.of(new byte[] {1}).toString();
    Files.writeString(tag, Files.readString(tag).replace(image.id().toString(), other));
    assertTrue(fixture.reopen().find("a:1").isEmpty());
    assertFalse(Files.exists(tag));
    assertEquals(1, fixture.store().list().size(), "the image has only lost its name");
  }

  @Test
  void whatIsKeptForARetryStaysAWeek() throws IOException {
    Path downloads = fixture.store().downloads();
    String young = "a".repeat(64);
    String old = "b".repeat(64);
    for (String name : List.of(young, old, "no-digest", "c".repeat(63))) {
      Files.writeString(downloads.resolve(name), "part");
    }
    Files.createDirectory(downloads.resolve("d".repeat(64)));
    Files.setLastModifiedTime(
        downloads.resolve(old), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    fixture.reopen();
    try (Stream<Path> left = Files.list(downloads)) {
      assertEquals(List.of(young), left.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void blobsThatAreNoDigestsAreSwept() throws IOException {
    Path blobs = fixture.images().resolve("blobs/sha256");
    Files.writeString(blobs.resolve("note.txt"), "x");
    Files.writeString(blobs.resolve("f".repeat(64)), "unreferenced");
    List<String> names = List.of("note.txt", "f".repeat(64));
    fixture.reopen();
    assertTrue(names.stream().noneMatch(name -> Files.exists(blobs.resolve(name))));
    assertEquals(image, fixture.store().get("a:1"));
  }

  @Test
  void noNumberOfALayerIsGivenTwice() throws IOException {
    Path first = fixture.store().layers(image).get(0).folder();
    fixture.reopen();
    Image second = fixture.importTar("b:1", new TarBuilder().file("y", "2", 0644));
    assertFalse(fixture.store().layers(second).get(0).folder().equals(first));
    assertEquals("1", Files.readString(first.resolve("x")));
  }

  @Test
  void onlyRootLooksIntoTheStore() throws IOException {
    Files.setPosixFilePermissions(
        fixture.images(), java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    fixture.reopen();
    assertEquals(
        "rwx------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(fixture.images())));
  }
}
