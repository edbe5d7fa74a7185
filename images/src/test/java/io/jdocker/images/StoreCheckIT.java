package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.images.unpack.TreeRemover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a disk can lose is found, and put back from the blob. */
class StoreCheckIT {
  @TempDir Path root;
  private StoreFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new StoreFixture(root);
    fixture.importTar(
        "a:1",
        new TarBuilder()
            .directory("d", 0711)
            .file("d/f", "content", 04755)
            .hardLink("d/hard", "d/f")
            .symlink("d/link", "f")
            .directory("d/sub", 0750)
            .file("d/sub/g", "deep", 0600)
            .file("odd\nname", "odd", 0644)
            .file("empty", "", 0644));
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private Path layer() {
    return fixture.images().resolve("l/1");
  }

  /** Every file with what it is: kind, mode, content. */
  private Map<String, String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(layer())) {
      return files.collect(Collectors.toMap(f -> layer().relativize(f).toString(), this::shown));
    }
  }

  private String shown(Path file) {
    try {
      Map<String, Object> a =
          Files.readAttributes(file, "unix:mode,nlink,uid,gid", LinkOption.NOFOLLOW_LINKS);
      String content =
          Files.isSymbolicLink(file)
              ? Files.readSymbolicLink(file).toString()
              : Files.isRegularFile(file) ? Files.readString(file) : "";
      // Links of a folder depend on what lies in it alone.
      return Integer.toOctalString((Integer) a.get("mode"))
          + " "
          + a.get("uid")
          + ":"
          + a.get("gid")
          + " "
          + content
          + (Files.isRegularFile(file) ? " " + a.get("nlink") : "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String shown(List<StoreProblem> problems) {
    return String.join("; ", problems.stream().map(p -> p.path() + ": " + p.what()).toList());
  }

  @Test
  void aWholeStoreHasNoProblems() {
    StoreCheck check = fixture.store().check(true);
    assertEquals("", shown(check.problems()));
    assertEquals(1, check.layers());
    assertEquals(8, check.files());
    assertTrue(check.bytes() > 14, "blobs are read, too: " + check.bytes());
  }

  private void damage(String how) throws IOException {
    Path file = layer().resolve("d/f");
    switch (how) {
      case "zero bytes" -> Files.write(layer().resolve("d/sub/g"), new byte[0]);
      case "other content" -> Files.writeString(layer().resolve("d/sub/g"), "DEEP");
      case "both names" -> Files.writeString(file, "CONTENT");
      case "file gone" -> Files.delete(file);
      case "link gone" -> Files.delete(layer().resolve("d/link"));
      case "link elsewhere" -> {
        Files.delete(layer().resolve("d/link"));
        Files.createSymbolicLink(layer().resolve("d/link"), Path.of("/etc/passwd"));
      }
      case "folder gone" -> TreeRemover.remove(layer().resolve("d/sub"));
      case "all gone" -> {
        TreeRemover.remove(layer().resolve("d"));
        Files.delete(layer().resolve("odd\nname"));
      }
      case "mode" -> Files.setAttribute(layer().resolve("d/sub"), "unix:mode", 0777);
      case "owner" -> Files.setAttribute(layer().resolve("empty"), "unix:uid", 7);
      case "folder for file" -> {
        Files.delete(layer().resolve("empty"));
        Files.createDirectories(layer().resolve("empty/in/it"));
      }
      case "file for folder" -> {
        TreeRemover.remove(layer().resolve("d/sub"));
        Files.createFile(layer().resolve("d/sub"));
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "zero bytes | d/sub/g: 0 bytes instead of 4",
        "other content | d/sub/g: other content",
        "both names | d/f: other content; d/hard: other content",
        "file gone | d/f: missing",
        "link gone | d/link: missing",
        "link elsewhere | d/link: leads to /etc/passwd instead of f",
        "folder gone | d/sub: missing; d/sub/g: missing",
        "all gone | d: missing; d/f: missing; d/hard: missing; d/link: missing; d/sub: missing;"
            + " d/sub/g: missing; odd~name: missing",
        "mode | d/sub: mode 777 instead of 750",
        "owner | empty: owner 7:0 instead of 0:0",
        "folder for file | empty: another kind of file",
        "file for folder | d/sub: another kind of file; d/sub/g: missing",
      })
  void damageIsNamedAndMended(String how, String found) throws IOException {
    Map<String, String> whole = tree();
    damage(how);
    assertEquals(found, shown(fixture.store().check(false).problems()).replace('\n', '~'));
    StoreCheck repaired = fixture.store().check(true);
    assertTrue(
        repaired.problems().stream().allMatch(StoreProblem::repaired),
        repaired.problems().toString());
    assertEquals(List.of("a:1"), repaired.problems().get(0).images());
    assertEquals("", shown(fixture.store().check(false).problems()));
    Map<String, String> mended = tree();
    if (how.equals("file gone") || how.equals("link gone")) {
      // The name that was not lost keeps its own inode: two names, two files, the same content.
      mended.replaceAll((name, text) -> text.replaceAll("^(1047\\d\\d .*) [12]$", "$1 2"));
      mended.replaceAll((name, text) -> text.replaceAll("content 1$", "content 2"));
    }
    assertEquals(whole, mended);
  }

  @Test
  void aDamagedBlobIsNamedAndItsLayerIsLeftAlone() throws IOException {
    damage("zero bytes");
    Path blob;
    try (Stream<Path> blobs = Files.list(fixture.images().resolve("blobs/sha256"))) {
      blob = blobs.max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length())).get();
    }
    byte[] bytes = Files.readAllBytes(blob);
    bytes[600] ^= 1;
    Files.write(blob, bytes);
    Map<String, String> before = tree();
    StoreCheck check = fixture.store().check(true);
    assertTrue(check.problems().stream().noneMatch(StoreProblem::repaired));
    assertEquals(blob.toString(), check.problems().get(0).place());
    assertTrue(
        check.problems().get(0).what().contains("pull or load the image again"),
        check.problems().toString());
    assertEquals(before, tree());
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "garbage"})
  void withoutWhatWasNotedTheBlobIsAsked(String how) throws IOException {
    Path note;
    try (Stream<Path> notes = Files.list(fixture.images().resolve("files"))) {
      note = notes.findFirst().orElseThrow();
    }
    String noted = Files.readString(note);
    switch (how) {
      case "missing" -> Files.delete(note);
      case "empty" -> Files.writeString(note, "");
      default -> Files.writeString(note, "no such line\n");
    }
    damage("zero bytes");
    assertEquals("d/sub/g: 0 bytes instead of 4", shown(fixture.store().check(true).problems()));
    assertEquals(noted, Files.readString(note));
  }

  @Test
  void whatIsNotedGoesWithItsLayer() throws IOException {
    fixture.store().remove("a:1", false, List.of());
    try (Stream<Path> notes = Files.list(fixture.images().resolve("files"))) {
      assertEquals(List.of(), notes.toList());
    }
    Files.writeString(fixture.images().resolve("files").resolve("0".repeat(64)), "stray");
    fixture.reopen();
    try (Stream<Path> notes = Files.list(fixture.images().resolve("files"))) {
      assertEquals(List.of(), notes.toList());
    }
  }
}
