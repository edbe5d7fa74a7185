package io.jdocker.compose.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentFileTest {
  private static final Map<String, String> OUTSIDE = Map.of("HOME", "/home/me", "A", "outer");

  private static Map<String, String> parse(String text) {
    return EnvironmentFile.parse(".env", text, OUTSIDE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          X=1                     | 1
          X = spaced              | spaced
          X: yaml                 | yaml
          export X=exported       | exported
          X=                      | ``
          X=a b                   | a b
          X=a #comment            | a
          X=a#no comment          | a#no comment
          X="a # b" # c           | a # b
          X='$HOME "q"'           | $HOME "q"
          X="in $HOME"            | in /home/me
          X=${HOME}/x             | /home/me/x
          X=${NOPE:-default}      | default
          X="tab\\tnew\\nquote\\"" | `tab\tnew\nquote"`
          X="\\$HOME"             | $HOME
          X=pa$$word              | pa$word
          X=a=b                   | a=b
          X=cost 5$               | cost 5$
          """)
  void oneLine(String line, String value) {
    String expected = value.replace("\\t", "\t").replace("\\n", "\n");
    assertEquals(expected, parse(line).get("X"));
  }

  @Test
  void linesBuildOnEarlierOnesAndTheCallerStandsAbove() {
    Map<String, String> values = parse("A=inner\nB=$A\nC=1\nD=$C$C\r\n\n# x\n  E=5\n");
    assertEquals(Map.of("A", "inner", "B", "outer", "C", "1", "D", "11", "E", "5"), values);
  }

  @Test
  void aQuotedValueMaySpanLines() {
    assertEquals(Map.of("K", "one\ntwo", "L", "x"), parse("K=\"one\ntwo\"\nL='x'\n"));
  }

  @Test
  void aBareNameIsTheCallersVariable() {
    assertEquals(Map.of("HOME", "/home/me"), parse("HOME\nNOT_SET\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A=1,1X=2         | failed to read .env: line 2: unexpected character in variable name "1X"
          ,,a b=c          | failed to read .env: line 3: unexpected character in variable name "a b"
          A=1,B="open      | failed to read .env: line 2: unterminated quoted value
          A=${B:?give it}  | failed to read .env: line 1: required variable B is missing a value: give it
          """)
  void aMistakeIsNamedWithItsLine(String text, String message) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> parse(text.replace(',', '\n')));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    NotFound missing =
        assertThrows(
            NotFound.class, () -> EnvironmentFile.read(Path.of("/nowhere/.env"), Map.of()));
    assertTrue(missing.getMessage().contains("/nowhere/.env"), missing.getMessage());
  }
}
