package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instructions over several lines, and what may stand between their lines. */
final class ContinuedLinesTest {
  private static List<String> texts(String body) {
    return Dockerfile.parse("FROM x\n" + body.replace('~', '\n'))
        .stages()
        .get(0)
        .instructions()
        .stream()
        .map(Instruction::text)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RUN a && \\~# one~# two~b | RUN a && b",
        "RUN a && \\~~# one~~b | RUN a && b",
        "RUN a && \\~\t# one~b | RUN a && b",
        "RUN a \\~# one \\~b | RUN a b",
        "RUN a \\~#b \\~c | RUN a c",
        "RUN a \\\t ~b | RUN a b",
        "RUN a\\~\\~b | RUN ab",
        "RUN a \\~b # no comment | RUN a b # no comment",
        "RUN a \\~~~~b | RUN a b",
        "RUN a \\~# only a comment | RUN a",
        "RUN a \\~~ | RUN a",
        "RUN \\~# first~a | RUN a",
        "RU\\~N a | RUN a",
        "LABEL a=1 \\~# between~b=2 | LABEL a=1 b=2",
        "COPY a \\~# between~b /c/ | COPY a b /c/",
        "CMD [\"a\", \\~# between~\"b\"] | CMD [\"a\", \"b\"]",
      })
  void commentsAndEmptyLinesBetweenAreDropped(String body, String expected) {
    assertEquals(List.of(expected), texts(body));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RUN a \\\\~RUN b | RUN a \\\\ | RUN b",
        "RUN a \\\\\\~RUN b | RUN a \\\\\\ | RUN b",
        "RUN a \\ x~RUN b | RUN a \\ x | RUN b",
        "RUN a~  RUN b | RUN a | RUN b",
        "RUN a~# x \\~RUN b | RUN a | RUN b",
        "run a~RuN b | RUN a | RUN b",
      })
  void whatDoesNotContinueEndsTheInstruction(String body, String first, String second) {
    assertEquals(List.of(first, second), texts(body));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RUN a~NOPE | 3",
        "RUN a \\~b~NOPE | 4",
        "RUN a \\~# x~~b~~NOPE | 7",
        "RUN <<E~NOPE~E~NOPE | 5",
        "COPY <<a <<b /d/~1~a~2~b~# x~NOPE | 8",
        "# x~~NOPE | 4",
      })
  void theLinesAreCountedAsTheyStandInTheFile(String body, int line) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> texts(body));
    assertEquals(
        "dockerfile parse error on line "
            + line
            + ": unknown instruction: NOPE\n "
            + line
            + " | NOPE\n   | ^^^^",
        e.getMessage());
  }

  @Test
  void aHundredThousandLinesAreOneInstruction() {
    String many = "RUN true" + " \\\n && true".repeat(100_000);
    assertEquals(8 + 100_000 * 9, texts(many).get(0).length());
  }
}
