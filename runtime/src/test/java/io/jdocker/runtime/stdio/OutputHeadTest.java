package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputHeadTest {
  private static void write(OutputHead head, int stream, String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
    head.write(stream, bytes, 2, bytes.length - 4);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "1234567, 1234567",
    "12345678, 12345678",
    "123456789, 12345678...",
    "12345678901234567890, 12345678...",
  })
  void thatMuchIsKept(String written, String text) {
    OutputHead head = new OutputHead(8);
    write(head, Chunk.STDOUT, written);
    assertEquals(text, head.text());
  }

  @Test
  void bothStreamsInTheirOrder() {
    OutputHead head = new OutputHead(10);
    write(head, Chunk.STDOUT, "one,");
    write(head, Chunk.STDERR, "two,");
    write(head, Chunk.STDOUT, "three,");
    write(head, Chunk.STDOUT, "four");
    head.close();
    assertEquals("one,two,th...", head.text());
  }

  @Test
  void aCharacterThatIsCutInTwoIsNoError() {
    OutputHead head = new OutputHead(2);
    write(head, Chunk.STDOUT, "a\u20ac");
    assertTrue(head.text().startsWith("a"), head.text());
    assertTrue(head.text().endsWith("..."), head.text());
  }

  @Test
  void itCannotBeReadBackAsALog() {
    OutputHead head = new OutputHead(2);
    assertTrue(head.snapshot().isEmpty());
    assertTrue(head.position().isEmpty());
  }
}
