package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.tree.TreeRoot;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.pattern.IgnoreFile;
import java.io.IOException;
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

/** Which files the sources of a COPY mean. */
final class CopySelectionTest {
  private final Kernel kernel = Kernel.load();
  @TempDir Path folder;
  private Fd root;

  @BeforeEach
  void makeContext() throws IOException {
    Path context = Files.createDirectories(folder.resolve("context"));
    for (String name :
        List.of(
            "a.txt", "b.txt", "c.md", ".hidden", "d/e.txt", "d/f/g.txt", "o/e.txt", "-x", "[x]")) {
      Path file = context.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    Files.writeString(folder.resolve("outside"), "secret");
    Files.createSymbolicLink(context.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(context.resolve("root"), Path.of("/"));
    Files.createSymbolicLink(context.resolve("abs"), Path.of("/a.txt"));
    Files.createSymbolicLink(context.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(context.resolve("link"), Path.of("d"));
    root = kernel.files().open(context.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
  }

  @AfterEach
  void close() {
    root.close();
  }

  private List<CopySelection.Source> find(String source, String... ignored) {
    SourceTree tree =
        new SourceTree(new TreeRoot(kernel, root), IgnoreFile.of(List.of(ignored)), () -> {});
    return new CopySelection(kernel, tree).find(source);
  }

  private static String paths(List<CopySelection.Source> found) {
    return String.join(" ", found.stream().map(CopySelection.Source::path).sorted().toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.txt | a.txt",
        "/a.txt | a.txt",
        "./a.txt | a.txt",
        "d//e.txt | d/e.txt",
        "d/./e.txt | d/e.txt",
        "d/../a.txt | a.txt",
        "d/ | d",
        "d | d",
        ". | ``",
        "/ | ``",
        "./ | ``",
        "d/.. | ``",
        "-x | -x",
        // patterns
        "*.txt | a.txt b.txt",
        "?.txt | a.txt b.txt",
        "[ac].* | a.txt c.md",
        "[^a].txt | b.txt",
        "*/e.txt | d/e.txt link/e.txt o/e.txt",
        "[do]/*.txt | d/e.txt o/e.txt",
        "d/*/g.txt | d/f/g.txt",
        "d/* | d/e.txt d/f",
        ".h* | .hidden",
        "\\[x\\] | [x]",
        "d/*/../e.txt | d/e.txt",
      })
  void aSourceIsAPathOrAPattern(String source, String expected) {
    assertEquals(expected, paths(find(source)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "*.nope",
        "d/nope",
        "nope/*",
        "a.txt/b",
        "a.txt/*",
        "A.TXT",
        "dangling",
        "d/f/g.txt/*"
      })
  void nothingIsAnErrorInDockersWords(String source) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> find(source));
    assertEquals(
        "COPY failed: file not found in build context or excluded by .dockerignore: stat "
            + source
            + ": file does not exist",
        e.getMessage());
  }

  /** ".." ends at the context's root, and so does every link. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "../../outside",
        "/../outside",
        "d/../../outside",
        "up/outside",
        "up/up/outside",
        "*/outside",
        "root/etc/passwd",
        "../../../../../../etc/passwd"
      })
  void nothingOutsideOfTheContextIsFound(String source) {
    assertThrows(InvalidArgument.class, () -> find(source));
  }

  @Test
  void linksAreFollowedWithinTheContext() {
    assertEquals("up/a.txt", paths(find("up/a.txt")));
    assertEquals("root/a.txt", paths(find("root/a.txt")));
    assertEquals("abs", paths(find("abs")));
    assertEquals("../a.txt".substring(3), paths(find("../a.txt")));
  }

  @Test
  void aPatternLeavesOutLinksThatLeadNowhere() {
    assertEquals("d", paths(find("d*")));
  }

  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*.txt | a.txt | b.txt",
        "*.txt | *.md | a.txt b.txt",
        "[ab].txt | b* | a.txt",
        "d | d/e.txt | d",
        "d/*.txt | d/f | d/e.txt",
      })
  void whatIsIgnoredIsNotFound(String source, String ignored, String expected) {
    assertEquals(expected, paths(find(source, ignored)));
  }

  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource({"a.txt, a.txt", "*.txt, *.txt", "d, d", "d/, d", "d/e.txt, d", "d/f, **/f", "o, *"})
  void aSourceOfWhichNothingIsLeftIsAnError(String source, String ignored) {
    assertThrows(InvalidArgument.class, () -> find(source, ignored));
  }

  @Test
  void anIgnoredFolderIsStillFoundWhereSomeOfItIsTakenBack() {
    assertEquals("d", paths(find("d", "d", "!d/e.txt")));
    assertEquals("d/e.txt", paths(find("d/e.txt", "d", "!d/e.txt")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "d/f/g.txt, d/f/g.txt, g.txt",
    "d/./f/g.txt, f/g.txt, g.txt",
    "./d/f/g.txt, d/f/g.txt, g.txt",
    "d/f/./g.txt, g.txt, g.txt",
    "/d/./f, f, f",
    "d/./*/g.txt, f/g.txt, g.txt",
  })
  void aPivotTellsWhichParentsAreKept(String source, String pivot, String name) {
    CopySelection.Source found = find(source).get(0);
    assertEquals(pivot, found.pivot());
    assertEquals(name, found.name());
  }

  @Test
  void aFolderIsKnownAsOne() {
    assertEquals(
        List.of(true, true, false),
        List.of(
            find("d").get(0).folder(),
            find("link").get(0).folder(),
            find("a.txt").get(0).folder()));
  }
}
