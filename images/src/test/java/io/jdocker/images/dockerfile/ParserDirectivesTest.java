package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments at a Dockerfile's top that are more than comments. */
final class ParserDirectivesTest {
  private static char escape(String top) {
    return Dockerfile.parse(top.replace('~', '\n') + "\nFROM x\n").escape();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "# escape=` | `",
        "# escape=\\ | \\",
        "#escape=` | `",
        "#   escape   =   `    | `",
        "# EsCaPe=` | `",
        "  # escape=` | `",
        "#\tescape=` | `",
        "# syntax=docker/dockerfile:1~# escape=` | `",
        "# escape=`~# syntax=docker/dockerfile:1 | `",
        "# check=skip=all;error=true~# escape=` | `",
        // What comes before it makes it a comment.
        "# about~# escape=` | \\",
        "#~# escape=` | \\",
        "~# escape=` | \\",
        "# unknown=1~# escape=` | \\",
        "# escape=~# escape=` | \\",
        "# es cape=` | \\",
        "## escape=` | \\",
        "ARG a~# escape=` | \\",
      })
  void theEscapeIsSetAtTheVeryTop(String top, char expected) {
    assertEquals(expected, escape(top));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "# escape=x | 1 | invalid ESCAPE 'x'. Must be ` or \\ | x",
        "# escape=`` | 1 | invalid ESCAPE '``'. Must be ` or \\ | ``",
        "# syntax=a~# escape=/ | 2 | invalid ESCAPE '/'. Must be ` or \\ | /",
        "# escape=`~#ESCAPE=` | 2 | only one escape parser directive can be used |",
        "# check=a~# check=b | 2 | only one check parser directive can be used |",
        "# syntax=a~# escape=`~# syntax=a | 3 | only one syntax parser directive can be used |",
      })
  void aWrongOneIsMarked(String top, int line, String message, String word) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> escape(top));
    String source = top.split("~", -1)[line - 1];
    // Where no word is at fault, the whole line is.
    String marked = word == null ? source : word;
    assertEquals(
        "dockerfile parse error on line "
            + line
            + ": "
            + message
            + "\n "
            + line
            + " | "
            + source
            + "\n   | "
            + " ".repeat(source.indexOf(marked))
            + "^".repeat(marked.length()),
        e.getMessage());
  }

  @Test
  void aBacktickContinuesLinesAndABackslashIsThenAPath() {
    List<Instruction> body =
        Dockerfile.parse("# escape=`\nFROM x\nRUN a `\n  b\nWORKDIR c:\\\nUSER u\n")
            .stages()
            .get(0)
            .instructions();
    assertEquals(
        List.of("RUN a   b", "WORKDIR c:\\", "USER u"),
        body.stream().map(Instruction::text).toList());
  }

  @Test
  void aBacktickQuotesBlanksInWords() {
    Instruction.Copy copy =
        (Instruction.Copy)
            Dockerfile.parse("# escape=`\nFROM x\nCOPY a` b c:\\d\\ e\\\n")
                .stages()
                .get(0)
                .instructions()
                .get(0);
    assertEquals(List.of("a` b", "c:\\d\\"), copy.sources());
    assertEquals("e\\", copy.target());
  }

  @Test
  void aByteOrderMarkStandsBeforeThem() {
    assertEquals('`', Dockerfile.parse("\ufeff# escape=`\r\nFROM x\r\n").escape());
  }
}
