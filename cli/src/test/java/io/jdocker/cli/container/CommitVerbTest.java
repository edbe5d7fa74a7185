package io.jdocker.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jdocker commit}, {@code diff} and {@code export}: what is asked, what is shown. */
final class CommitVerbTest {
  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    engine.answer("POST /commit", 201, "{\"Id\":\"sha256:abc\"}");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private Typed typed(String verb, String words) {
    List<String> line = new ArrayList<>(List.of(verb));
    for (String word : words.split(" ", -1)) {
      line.add(word.replace('_', ' '));
    }
    return Typed.at(engine, line.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "c | container=c",
        "c a/b | container=c&repo=a/b&tag=latest",
        "c a:1 | container=c&repo=a&tag=1",
        "c localhost:5000/a | container=c&repo=localhost:5000/a&tag=latest",
        "c localhost:5000/a:1 | container=c&repo=localhost:5000/a&tag=1",
        "-a me_<m@e> -m why c | container=c&author=me <m@e>&comment=why",
        "-p=false c | container=c&pause=0",
        "-p c | container=c",
        "-c CMD_a -c ENV_b=c d | container=d&changes=CMD a&changes=ENV b=c",
        "--change LABEL_a=b&c d | container=d&changes=LABEL a=b&c",
      })
  void everyFlagIsSent(String words, String query) {
    Typed typed = typed("commit", words);
    assertEquals("sha256:abc\n", typed.out(), typed.err());
    assertEquals(0, typed.code());
    String sent = URLDecoder.decode(engine.lines().get(0), StandardCharsets.UTF_8);
    // Docker's daemon takes latest for a name without a tag, so it may be left out.
    assertEquals(
        "POST /commit?" + query.replace("&tag=latest", ""), sent.replace("&tag=latest", ""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"c UPPER", "c a:b:c", "c a b"})
  void aWrongLineIsNotSent(String words) {
    assertNotEquals(0, typed("commit", words).code());
    assertEquals(List.of(), engine.lines());
  }

  @Test
  void theEnginesRefusalIsShown() {
    engine.refuse("POST /commit", 404, "No such container: c");
    Typed typed = typed("commit", "c");
    assertEquals(1, typed.code());
    assertEquals("", typed.out());
    assertTrue(typed.err().contains("No such container: c"), typed.err());
  }

  @Test
  void changesHaveALetterEach() {
    engine.answer(
        "GET /containers/c/changes",
        "[{\"Path\":\"/a\",\"Kind\":0},{\"Path\":\"/a/b c\",\"Kind\":1},"
            + "{\"Path\":\"/d\",\"Kind\":2}]");
    Typed typed = typed("diff", "c");
    assertEquals("C /a\nA /a/b c\nD /d\n", typed.out());
    assertEquals(0, typed.code());
  }

  @ParameterizedTest
  @CsvSource({"null", "[]"})
  void noChangesAreNothing(String json) {
    engine.answer("GET /containers/c/changes", json);
    Typed typed = typed("diff", "c");
    assertEquals("", typed.out() + typed.err());
    assertEquals(0, typed.code());
  }

  @Test
  void anExportGoesToAFileOrToStandardOutput() throws IOException {
    engine.answer("GET /containers/c/export", "the archive");
    assertEquals("the archive", typed("export", "c").out());
    Path file = directory.resolve("out.tar");
    Typed typed = typed("export", "-o " + file + " c");
    assertEquals("", typed.out() + typed.err());
    assertEquals("the archive", Files.readString(file));
  }

  @Test
  void anExportThatFailsLeavesNoFile() throws IOException {
    engine.refuse("GET /containers/c/export", 404, "No such container: c");
    Path folder = Files.createDirectories(directory.resolve("exports"));
    Typed typed = typed("export", "-o " + folder.resolve("out.tar") + " c");
    assertNotEquals(0, typed.code());
    assertTrue(typed.err().contains("No such container: c"), typed.err());
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }
}
