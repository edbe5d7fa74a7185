package io.jdocker.compose.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quoting rules of sh(1). */
class ShellLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a                   | a
          ` a  b `            | a~b
          `a\tb`              | a~b
          "a b" c             | a b~c
          a"b c"d             | ab cd
          ''                  | <>
          a '' b              | a~<>~b
          ""''                | <>
          'a\\b'              | a\\b
          "a\\b"              | a\\b
          "a\\"b"             | a"b
          "a\\\\b"            | a\\b
          "\\$x \\`y"         | $x `y
          a\\ b               | a b
          \\'                 | '
          \\"x                | "x
          a\\\\b              | a\\b
          a\\                 | a\\
          "it's"              | it's
          'say "x"'           | say "x"
          a;b && c            | a;b~&&~c
          $HOME *             | $HOME~*
          """)
  void words(String line, String expected) {
    List<String> words = ShellLine.split(line.replace("\\t", "\t"));
    assertEquals(
        expected, String.join("~", words.stream().map(w -> w.isEmpty() ? "<>" : w).toList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t "})
  void nothingIsNoWord(String line) {
    assertEquals(List.of(), ShellLine.split(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "\"", "a 'b", "a \"b\\\"", "'a\\'b'"})
  void anOpenQuoteIsRefused(String line) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ShellLine.split(line));
    assertEquals("invalid command: a quote is not closed: " + line, refused.getMessage());
  }
}
