package io.jdocker.cli.compose.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lines of several containers look like. */
class LogOutputTest {
  @Test
  void prefixesAreAsWideAsTheLongestName() {
    LogStyle style = new LogStyle(true, false, List.of("db-1", "worker-10"));
    assertEquals("db-1       | ", style.prefix("db-1"));
    assertEquals("worker-10  | ", style.prefix("worker-10"));
  }

  @Test
  void eachContainerKeepsItsColour() {
    LogStyle style = new LogStyle(true, true, List.of("a", "b"));
    assertEquals("\u001b[36ma  | \u001b[0m", style.prefix("a"));
    assertEquals("\u001b[33mb  | \u001b[0m", style.prefix("b"));
    assertEquals("\u001b[32mc  | \u001b[0m", style.prefix("c"));
    assertEquals("\u001b[36ma  | \u001b[0m", style.prefix("a"));
  }

  @Test
  void withoutAPrefixThereIsNothing() {
    assertEquals("", new LogStyle(false, true, List.of("a")).prefix("a"));
  }

  @Test
  void onlyWholeLinesAreWrittenAndBytesStayBytes() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    byte[] odd = {(byte) 0xff, '\n'};
    try (LinePrinter first = new LinePrinter(target, "a | ");
        LinePrinter second = new LinePrinter(target, "b | ")) {
      first.write("one".getBytes(StandardCharsets.UTF_8));
      second.write("other\n".getBytes(StandardCharsets.UTF_8));
      first.write(" line\n\nrest".getBytes(StandardCharsets.UTF_8));
      second.write(odd);
    }
    assertEquals(
        "b | other\na | one line\na | \nb | \u00ff\na | rest\n",
        target.toString(StandardCharsets.ISO_8859_1));
  }
}
