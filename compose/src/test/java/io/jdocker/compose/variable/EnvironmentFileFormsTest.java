package io.jdocker.compose.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Odd lines of environment files; {@code ¶} is a line's end. */
class EnvironmentFileFormsTest {
  @TempDir Path folder;

  private static Map<String, String> parse(String text) {
    return EnvironmentFile.parse("f.env", text.replace("¶", "\n"), Map.of("OUT", "side"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                        | {}
          ¶¶  ¶                     | {}
          # only a comment          | {}
          #A=1¶B=2                  | {B=2}
          A=1¶A=2                   | {A=2}
          A=1¶   # indented¶B=2     | {A=1, B=2}
          export A=1¶export B       | {A=1}
          export OUT                | {OUT=side}
          A=# nothing               | {A=}
          A= # nothing              | {A=}
          A=x#y #z                  | {A=x#y}
          A=''                      | {A=}
          A=""                      | {A=}
          A='x' trailing            | {A=x}
          A="x"# comment            | {A=x}
          A='a¶b'¶C=1               | {A=a¶b, C=1}
          A="a¶b¶c"¶C=1             | {A=a¶b¶c, C=1}
          A='it''s'                 | {A=it}
          A=it's                    | {A=it's}
          A=say "x"                 | {A=say "x"}
          A.B-C=1                   | {A.B-C=1}
          A[0]=1                    | {A[0]=1}
          A=$OUT                    | {A=side}
          A='$OUT'                  | {A=$OUT}
          A="$OUT"                  | {A=side}
          A=${OUT}s                 | {A=sides}
          A=${NONE-x}               | {A=x}
          A=${OUT:+y}               | {A=y}
          A=1¶B=${A}${A}            | {A=1, B=11}
          B=$A¶A=1                  | {B=, A=1}
          A=100%                    | {A=100%}
          A={"k": [1]}              | {A={"k": [1]}}
          """)
  void lines(String text, String expected) {
    assertEquals(expected.replace("¶", "\n"), parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          =x                | line 1: unexpected character in variable name ""
          A=1¶=x            | line 2: unexpected character in variable name ""
          -A=1              | line 1: unexpected character in variable name "-A"
          A B=1             | line 1: unexpected character in variable name "A B"
          A="1¶2"¶9=x       | line 3: unexpected character in variable name "9"
          A='open¶¶         | line 1: unterminated quoted value
          A="open\\"        | line 1: unterminated quoted value
          ¶¶A=${B?no B}     | line 3: required variable B is missing a value: no B
          """)
  void mistakes(String text, String message) {
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> parse(text));
    assertEquals("failed to read f.env: " + message, refused.getMessage());
  }

  @Test
  void lineEndsAndMarksOfWindowsAreNoPartOfIt() {
    assertEquals(
        Map.of("A", "1", "B", "2"),
        EnvironmentFile.parse("f", "\uFEFFA=1\r\nB=\"2\"\r\n", Map.of()));
  }

  @Test
  void theOrderIsThatOfTheFile() {
    assertEquals(List.of("C", "A", "B"), List.copyOf(parse("C=1¶A=1¶B=1").keySet()));
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d.env"));
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> EnvironmentFile.read(directory, Map.of()));
    assertEquals("env file " + directory + " cannot be read: Is a directory", refused.getMessage());
  }
}
