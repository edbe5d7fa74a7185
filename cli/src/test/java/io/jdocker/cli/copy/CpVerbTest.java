package io.jdocker.cli.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jdocker cp}: what is asked of the engine, and where files go on this machine. */
final class CpVerbTest {
  private static final long DIRECTORY = 1L << 31;
  private static final String ARCHIVE = "/containers/c/archive?path=";

  @TempDir Path directory;
  private FakeEngine engine;
  private Path local;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    engine.answer("PUT /containers/c/archive", "");
    local = Files.createDirectories(directory.resolve("local/dir")).getParent();
    Files.writeString(local.resolve("f"), "content of f");
    Files.writeString(local.resolve("dir/x"), "content of x");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private static String head(String name, boolean isFolder, String link, int length) {
    String stat =
        "{\"name\":\"%s\",\"size\":1,\"mode\":%d,\"mtime\":\"\",\"linkTarget\":\"%s\"}"
            .formatted(name, isFolder ? DIRECTORY | 0755 : 0644, link);
    return "HTTP/1.1 200 OK\r\nX-Docker-Container-Path-Stat: "
        + Base64.getEncoder().encodeToString(stat.getBytes(StandardCharsets.UTF_8))
        + "\r\nContent-Type: application/x-tar\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** A file that the container has; a link leads to where {@code link} says. */
  private void there(String path, boolean isFolder, String link) {
    engine.script(
        "HEAD " + ARCHIVE + path.replace("/", "%2F"),
        (in, out) -> FakeEngine.write(out, head(path, isFolder, link, 0)));
  }

  /** The engine's archive of a path: members with their own names as content. */
  private void archive(String path, boolean isFolder, String... members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      for (String member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member);
        byte[] content =
            member.endsWith("/") ? new byte[0] : member.getBytes(StandardCharsets.UTF_8);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    engine.script(
        "GET " + ARCHIVE + path.replace("/", "%2F"),
        (in, out) -> {
          FakeEngine.write(out, head(path, isFolder, "", bytes.size()));
          out.write(bytes.toByteArray());
        });
  }

  private String lastLine() {
    return URLDecoder.decode(engine.lines().get(engine.lines().size() - 1), StandardCharsets.UTF_8);
  }

  private String sent() {
    return engine.body("PUT ");
  }

  private Typed copy(String... words) {
    String[] line = new String[words.length + 1];
    line[0] = "cp";
    System.arraycopy(words, 0, line, 1, words.length);
    return Typed.at(engine, line);
  }

  private static void assertDone(Typed typed) {
    assertEquals("", typed.err());
    assertEquals(0, typed.code());
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    // source, target, what is there, folder that is unpacked in, name of the first member
    "f, /d, folder, /d, f",
    "f, /d/, folder, /d/, f",
    "f, /d/new, none, /d, new",
    "f, /d/old, file, /d, old",
    "dir, /d, folder, /d, dir/",
    "dir, /d/new, none, /d, new/",
    "dir/., /d, folder, /d, ./",
    "dir/., /d/new, none, /d, new/",
  })
  void aFileOfThisMachineGoesIn(
      String source, String target, String there, String folder, String member) {
    if (!there.equals("none")) {
      there(target, there.equals("folder"), "");
    }
    assertDone(copy(local + "/" + source, "c:" + target));
    assertEquals("PUT " + ARCHIVE + folder + "&noOverwriteDirNonDir=true", lastLine());
    String name = sent().substring(0, sent().indexOf('\0'));
    assertEquals(member.replaceFirst("/$", ""), name.replaceFirst("/$", ""));
    assertTrue(sent().contains("content of " + (source.equals("f") ? "f" : "x")));
  }

  @Test
  void aLinkInTheContainerIsFollowedToItsFolder() {
    there("/link", false, "/real");
    there("/real", true, "");
    assertDone(copy(local + "/f", "c:/link"));
    assertTrue(lastLine().startsWith("PUT " + ARCHIVE + "/real&"), lastLine());
  }

  @Test
  void anArchiveOfStandardInputGoesInAsItIs() {
    there("/d", true, "");
    assertDone(Typed.withInput(engine, "the archive", "cp", "-", "c:/d"));
    assertEquals("the archive", sent());
    Typed typed = Typed.withInput(engine, "the archive", "cp", "-", "c:/nope");
    assertNotEquals(0, typed.code());
    assertTrue(typed.err().contains("destination \"c:/nope\" must be a directory"), typed.err());
  }

  @Test
  void theOwnersAreTheContainersOnRequest() {
    assertDone(copy("-a", local + "/f", "c:/new"));
    assertTrue(lastLine().contains("&copyUIDGID="), lastLine());
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "c:/a | c:/b | copying between containers is not supported",
        "LOCAL/f | LOCAL/g | must specify at least one container source",
        "LOCAL/nope | c:/b | no such file or directory",
        "LOCAL/f/ | c:/b | not a directory",
        "LOCAL/f | c:/new/ | no such directory",
        "LOCAL/dir | c:/file | cannot copy directory",
        "c:/a | LOCAL/nope/b | does not exist",
        "c:/gone | LOCAL/b | page not found",
      })
  void whatCannotBeIsSaidAndNothingIsSent(String from, String to, String message)
      throws IOException {
    there("/file", false, "");
    archive("/a", false, "a");
    Typed typed =
        copy(from.replace("LOCAL", local.toString()), to.replace("LOCAL", local.toString()));
    assertNotEquals(0, typed.code());
    assertTrue(typed.err().contains(message), typed.err());
    assertFalse(engine.lines().stream().anyMatch(line -> line.startsWith("PUT")));
    assertEquals(List.of("dir", "f"), names(local));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "to {0}")
  @CsvSource({"new, new", "f, f", "dir, dir/a", "dir/, dir/a", "dir/new, dir/new", "., a"})
  void aFileOfTheContainerComesOut(String target, String made) throws IOException {
    archive("/x/a", false, "a");
    assertDone(copy("c:/x/a", local + "/" + target));
    assertEquals("a", Files.readString(local.resolve(made)));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    "/x/d, new, new/in",
    "/x/d, dir, dir/d/in",
    "/x/d/., new, new/in",
    "/x/d/., dir, dir/in"
  })
  void aFolderOfTheContainerComesOut(String source, String target, String made) throws IOException {
    String start = source.endsWith(".") ? "./" : "d/";
    archive(source, true, start, start + "in");
    assertDone(copy("c:" + source, local + "/" + target));
    assertEquals(start + "in", Files.readString(local.resolve(made)));
  }

  @Test
  void aLinkIsFollowedOnRequest() throws IOException {
    there("/link", false, "/real");
    archive("/real", false, "real");
    assertDone(copy("-L", "c:/link", local + "/new"));
    assertEquals("real", Files.readString(local.resolve("new")));
  }

  @Test
  void standardOutputGetsTheArchiveAsItIs() throws IOException {
    archive("/a", false, "a");
    Typed typed = copy("c:/a", "-");
    assertEquals(0, typed.code());
    assertTrue(typed.out().startsWith("a\0"), typed.out());
    assertEquals(0, typed.out().length() % 512);
  }

  @Test
  void aMemberThatLeadsOutsideIsRefused() throws IOException {
    archive("/d", true, "d/", "d/../../../escaped");
    assertNotEquals(0, copy("c:/d", local + "/new").code());
    assertFalse(Files.exists(directory.resolve("escaped")));
    assertFalse(Files.exists(local.resolve("escaped")));
  }
}
