package io.jdocker.images.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a layer did, by what is below it. */
final class MergedFilesTest {
  @TempDir Path directory;

  /** A layer of words like {@code f:path=size}, {@code d:path}, {@code w:path}. */
  private Inventory layer(String words) throws IOException {
    StringBuilder lines = new StringBuilder();
    long count = 0;
    for (String word : words.split(" ", -1)) {
      if (!word.isEmpty()) {
        count++;
        String[] parts = word.substring(2).split("=", -1);
        String size = parts.length > 1 ? parts[1] : "0";
        lines.append(word.charAt(0)).append("\t755\t0\t0\t").append(size).append("\t-\t");
        lines.append(parts[0]).append("\t\n");
      }
    }
    Path file = Files.createTempFile(directory, "layer", "");
    Files.writeString(file, lines.append("end ").append(count).append('\n'));
    return Inventory.read(file);
  }

  private static String mark(ChangedPath.Change change) {
    return switch (change) {
      case ADDED -> "+";
      case CHANGED -> "~";
      case DELETED -> "-";
    };
  }

  private static String shown(List<ChangedPath> changes) {
    return String.join(
        " ", changes.stream().map(c -> mark(c.change()) + c.path() + "=" + c.size()).toList());
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "f:a=1 | f:b=2 | +b=2 | 0 | 3",
        "f:a=1 | f:a=5 | ~a=5 | 1 | 5",
        "f:a=1 | w:a | -a=1 | 1 | 0",
        "f:a=1 | w:nothing | `` | 0 | 1",
        "d:d f:d/x=3 f:d/y=4 | w:d | -d=0 -d/x=3 -d/y=4 | 7 | 0",
        "d:d f:d/x=3 f:d/y=4 | o:d f:d/x=9 | ~d/x=9 -d/y=4 | 7 | 9",
        "d:d f:d/x=3 | d:d o:d f:d/z=1 | -d/x=3 +d/z=1 | 3 | 1",
        "d:d f:d/x=3 | f:d=2 | ~d=2 -d/x=3 | 3 | 2",
        "f:d=2 | d:d f:d/x=3 | ~d=0 +d/x=3 | 2 | 3",
        "d:d | d:d f:d/x=1 | +d/x=1 | 0 | 1",
        // A whiteout of what the layer itself brings.
        "f:a=1 | w:a f:a=2 | ~a=2 | 1 | 2",
        // A name that only begins like a folder's is not below it.
        "d:d f:d/x=1 f:d-x=2 f:d0=3 | w:d | -d=0 -d/x=1 | 1 | 5",
        "d:. f:a=1 d:b f:b/c=2 | o:. f:n=1 | -a=1 -b=0 -b/c=2 +n=1 | 3 | 1",
      })
  void oneLayerOnAnother(String below, String above, String changes, long wasted, long visible)
      throws IOException {
    MergedFiles files = new MergedFiles();
    files.add(layer(below));
    assertEquals(changes, shown(files.add(layer(above))));
    assertEquals(wasted, files.wasted());
    assertEquals(visible, files.visible());
  }

  @Test
  void theSameFileInEachOfThreeLayersIsWastedTwice() throws IOException {
    MergedFiles files = new MergedFiles();
    for (int i = 0; i < 3; i++) {
      files.add(layer("f:big=10"));
    }
    assertEquals(20, files.wasted());
    assertEquals(10, files.visible());
  }

  @Test
  void whatIsDeletedAndComesBackIsNew() throws IOException {
    MergedFiles files = new MergedFiles();
    files.add(layer("f:a=1"));
    files.add(layer("w:a"));
    assertEquals("+a=2", shown(files.add(layer("f:a=2"))));
  }

  @Test
  void ofTwoLinesWithOnePathTheLastHasWon() throws IOException {
    MergedFiles files = new MergedFiles();
    assertEquals("+a=9 +d=4", shown(files.add(layer("f:a=1 d:d f:d/x=5 f:a=9 f:d=4"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f\t644\t0\t0\t1\t-\ta\t\n", "end 1\n", "x\nend 1\n"})
  void whatIsCutShortIsDamage(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("cut"), text);
    assertThrows(IOException.class, () -> Inventory.read(file));
  }
}
