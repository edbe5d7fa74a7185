package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.pattern.IgnoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a file's name, owner and mode between its source and its target. */
final class CopyFilterTest {
  private final List<TarEntry> seen = new ArrayList<>();

  private CopyFilter filter(String from, String to, String ignored, String excluded) {
    return new CopyFilter(
        (entry, content) -> seen.add(entry),
        IgnoreFile.parse(ignored),
        IgnoreFile.parse(excluded),
        from,
        to,
        Optional.empty(),
        ModeChange.none());
  }

  private static void put(CopyFilter filter, TarEntry entry) throws IOException {
    filter.put(entry, InputStream.nullInputStream());
  }

  private static TarEntry file(String name) {
    return TarEntry.plain(name, TarType.FILE, 0644, 0);
  }

  @ParameterizedTest(name = "{0} from {1} to {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a | a | b | b",
        "d | d | `` | ``",
        "d/f | d | `` | f",
        "d/e/f | d | `` | e/f",
        "d/e/f | d/e | x | x/f",
        "d/e/f | d/e/f | g | g",
        "./a | `` | `` | a",
        "./d/f | `` | `` | d/f",
        "d/ | d | new | new",
        "d/sub/ | d | new | new/sub",
        "f | `` | to | to/f",
      })
  void theSourcesPartOfAPathIsReplaced(String name, String from, String to, String expected)
      throws IOException {
    put(filter(from, to, "", ""), file(name));
    assertEquals(expected, seen.get(0).name());
  }

  @Test
  void aHardLinkLeadsToTheNewName() throws IOException {
    put(filter("d", "new", "", ""), file("d/b").withLink(TarType.HARD_LINK, "d/a"));
    assertEquals("new/a", seen.get(0).linkName());
  }

  @Test
  void aSymbolicLinkLeadsWhereItLed() throws IOException {
    put(filter("d", "new", "", ""), file("d/b").withLink(TarType.SYMBOLIC_LINK, "d/a"));
    assertEquals("d/a", seen.get(0).linkName());
  }

  @ParameterizedTest(name = "{0} without {1} and {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // An ignore file counts from the context, --exclude from the source.
        "d/f | d/f | `` | 0",
        "d/f | f | `` | 1",
        "d/f | **/f | `` | 0",
        "d/f | d | `` | 0",
        "d/f | d~!d/f | `` | 1",
        "d/f | `` | f | 0",
        "d/f | `` | d/f | 1",
        "d/x/f | `` | **/f | 0",
        "d/x/f | `` | x | 0",
        "d/x/f | `` | *~!x/f | 1",
        "./d/f | d/f | `` | 0",
      })
  void whatIsIgnoredOrExcludedDoesNotPass(String name, String ignored, String excluded, int passed)
      throws IOException {
    put(filter("d", "", ignored.replace('~', '\n'), excluded.replace('~', '\n')), file(name));
    assertEquals(passed, seen.size());
  }

  @Test
  void allGetTheOwnerAndAllButLinksTheMode() throws IOException {
    CopyFilter filter =
        new CopyFilter(
            (entry, content) -> seen.add(entry),
            IgnoreFile.empty(),
            IgnoreFile.empty(),
            "",
            "",
            Optional.of(new WriteRules.Owner(7, 8)),
            ModeChange.parse("4711"));
    put(filter, file("f"));
    put(filter, TarEntry.plain("d/", TarType.DIRECTORY, 0700, 0));
    put(filter, file("l").withLink(TarType.SYMBOLIC_LINK, "f"));
    assertEquals(
        List.of("f 4711 7:8", "d 4711 7:8", "l 644 7:8"),
        seen.stream()
            .map(e -> "%s %o %d:%d".formatted(e.name(), e.mode(), e.uid(), e.gid()))
            .toList());
  }
}
