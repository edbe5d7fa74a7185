package io.jdocker.runtime.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "a b",
        "it's",
        "'",
        "$HOME `id` \\",
        "a\nb",
        "*",
        "~",
        "#x",
        "=",
        "é"
      })
  void aShellReadsBackTheSameWord(String word) throws Exception {
    Process sh = new ProcessBuilder("sh", "-c", "printf %s " + Shell.quote(word)).start();
    assertEquals(word, new String(sh.getInputStream().readAllBytes(), UTF_8));
    assertEquals(0, sh.waitFor());
  }

  @Test
  void wordsHaveBlanksBetween() {
    assertEquals("httpd -h '/a b' ''", Shell.quote(List.of("httpd", "-h", "/a b", "")));
  }

  @Test
  void aPathOfTheHostIsFoundBehindItsRoot() {
    assertEquals("\"$HOST\"/srv/data", Shell.hostPath("/srv/data"));
    assertEquals("\"$HOST\"'/a b'", Shell.hostPath("/a b"));
  }
}
