package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportIT {
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

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void busyboxIsImportedWithChangesAndFoundAgainAfterARestart() {
    Image image =
        BusyboxImage.importInto(
            fixture.store(), "busybox:1", "CMD [\"sh\"]", "ENV A=1 B=\"2 3\"", "EXPOSE 80");
    assertEquals(List.of("busybox:1"), image.repoTags());
    assertEquals(List.of("sh"), image.config().cmd());
    assertEquals(List.of("A=1", "B=2 3"), image.config().env());
    assertEquals(List.of("80/tcp"), image.config().exposedPorts());
    assertEquals("linux", image.config().os());
    assertTrue(image.size() > 500_000, "the size counts the files");
    assertTrue(image.lastTagTime().isPresent());
    assertEquals(image, fixture.reopen().get("busybox:1"));
    assertEquals(image, fixture.store().get("docker.io/library/busybox:1"));
    assertEquals(image, fixture.store().get(image.id().toString()));
    assertEquals(image, fixture.store().get(image.id().hex()));
    assertEquals(image, fixture.store().get(image.id().shortHex()));
    assertEquals(image, fixture.store().get("sha256:" + image.id().shortHex()));
    assertEquals(List.of(image), fixture.store().list());
  }

  @Test
  void anUnknownNameIsNotFoundInDockersWords() {
    NotFound e = assertThrows(NotFound.class, () -> fixture.store().get("nope"));
    assertEquals("No such image: nope:latest", e.getMessage());
    assertEquals(Optional.empty(), fixture.store().find("nope"));
    assertThrows(InvalidArgument.class, () -> fixture.store().find("UPPER"));
  }

  @Test
  void aSecondImportTakesTheNameAway() {
    Image first = fixture.importTar("a", new TarBuilder().file("x", "1", 0644));
    Image second = fixture.importTar("a", new TarBuilder().file("x", "2", 0644));
    assertEquals(second, fixture.store().get("a"));
    assertTrue(fixture.store().get(first.id().toString()).dangling());
  }

  @Test
  void gzipIsKeptAsItCameAndUnpackedOnTheWay() throws IOException {
    byte[] tar = new TarBuilder().file("x", "content", 0644).build();
    Image image = fixture.importTar("a", gzip(tar));
    assertEquals(List.of(Digest.of(tar)), image.config().diffIds());
    Path folder = fixture.store().layers(image).get(0).folder();
    assertEquals("content", Files.readString(folder.resolve("x")));
  }

  @Test
  void paddingAfterTheArchivesEndCountsForTheDigest() {
    byte[] tar = new TarBuilder().file("x", "content", 0644).build();
    byte[] padded = Arrays.copyOf(tar, tar.length + 51_200);
    Image image = fixture.importTar("a", padded);
    assertEquals(List.of(Digest.of(padded)), image.config().diffIds());
  }

  @Test
  void anEmptyArchiveIsAnEmptyImage() {
    assertEquals(0, fixture.importTar("a", new byte[0]).size());
    assertEquals(0, fixture.importTar("b", new byte[1024]).size());
  }

  @Test
  void equalLayersAreSharedByTheirImages() {
    byte[] tar = new TarBuilder().file("x", "content", 0644).build();
    Image a = fixture.importTar("a", tar, "CMD a");
    Image b = fixture.importTar("b", tar, "CMD b");
    assertEquals(fixture.store().layers(a), fixture.store().layers(b));
    assertEquals(7, fixture.store().layersSize());
  }

  private void assertRefused(byte[] tar, String expected, String... changes) {
    List<String> before = fixture.files();
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> fixture.importTar("a", tar, changes));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertEquals(before, fixture.files(), "nothing is left");
    assertEquals(List.of(), fixture.store().list());
  }

  @Test
  void damagedArchivesLeaveNothing() throws IOException {
    byte[] tar = new TarBuilder().file("x", "c".repeat(5000), 0644).build();
    assertRefused("this is no tar".repeat(100).getBytes(StandardCharsets.UTF_8), "tar header");
    assertRefused(Arrays.copyOf(tar, 3000), "cut short");
    byte[] zipped = gzip(tar);
    assertRefused(Arrays.copyOf(zipped, zipped.length - 9), "cannot read the root file system");
    zipped[zipped.length / 2] ^= 0x55;
    assertRefused(zipped, "cannot read the root file system");
    assertRefused(tar, "is not a valid change command", "RUN true");
    assertRefused(new TarBuilder().hardLink("x", "nowhere").build(), "no file that came before");
  }

  @Test
  void xattrsThatNoFileSystemTakesAreRefused() {
    byte[] tar =
        new TarBuilder().file("x", "", Map.of("SCHILY.xattr.security.capability", "junk")).build();
    assertRefused(tar, "invalid extended attribute security.capability");
  }

  @Test
  void aBrokenRecordStopsTheStartAndIsNamed() throws IOException {
    Image image = fixture.importTar("a", new TarBuilder().file("x", "1", 0644));
    Path record = fixture.images().resolve("images/" + image.id().hex() + ".json");
    Files.writeString(record, "{");
    SystemFailure e = assertThrows(SystemFailure.class, fixture::reopen);
    assertTrue(e.getMessage().contains(record.toString()), e.getMessage());
  }

  @Test
  void aStartSweepsWhatAKillLeft() throws IOException {
    Image image = fixture.importTar("a", new TarBuilder().file("x", "1", 0644));
    List<String> clean = fixture.files();
    Path store = fixture.images();
    Files.createDirectories(store.resolve("tmp/ingest-9/1/etc"));
    Files.createDirectories(store.resolve("l/7/etc"));
    Files.writeString(store.resolve("blobs/sha256/" + "0".repeat(64)), "unreferenced");
    Files.writeString(store.resolve("images/.x.json.tmp"), "half");
    assertEquals(image, fixture.reopen().get("a"));
    assertEquals(clean, fixture.files());
  }

  @Test
  void namesAndLayersWithoutAnImageAreSwept() throws IOException {
    Image image = fixture.importTar("a", new TarBuilder().file("x", "1", 0644));
    Files.delete(fixture.images().resolve("images/" + image.id().hex() + ".json"));
    fixture.reopen();
    assertEquals(List.of(), fixture.store().list());
    assertEquals(Optional.empty(), fixture.store().find("a"));
    assertEquals(0, fixture.store().layersSize());
  }

  @Test
  void progressIsTold() {
    StringBuilder heard = new StringBuilder();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void unpacking(String layer, long current, long total) {
            heard.append(layer).append(' ');
          }

          @Override
          public void complete(String layer) {
            heard.append("done");
          }
        };
    byte[] tar = new TarBuilder().file("x", new byte[2 << 20], 0644).build();
    fixture.store().importRootfs(ImportRequest.named("a"), new ByteArrayInputStream(tar), listener);
    assertTrue(heard.toString().startsWith("- - "), heard.toString());
    assertTrue(heard.toString().endsWith("done"), heard.toString());
  }
}
