package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --chmod}: every form, as chmod(1) with a umask of zero has it. */
final class ModeChangeTest {
  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "755, 600, 755",
    "0755, 600, 755",
    "0, 7777, 0",
    "7, 644, 7",
    "4755, 644, 4755",
    "7777, 0, 7777",
    "u+x, 644, 744",
    "u=rwx, 644, 744",
    "g-r, 644, 604",
    "go=, 755, 700",
    "+x, 644, 755",
    "a=rx, 4644, 555",
    "ug+w, 555, 775",
    "u=g, 640, 440",
    "g=u, 740, 770",
    "o+u, 740, 747",
    "u+s, 755, 4755",
    "g+s, 755, 2755",
    "+s, 755, 6755",
    "+t, 777, 1777",
    "-t, 1777, 777",
    "u-s, 4755, 755",
    "a+X, 644, 644",
    "a+X, 744, 755",
    "'u=rwX,go=rX', 600, 644",
    "'u=rwX,go=rX', 700, 755",
    "'u+x,g-w', 664, 744",
    "u=, 4755, 55",
  })
  void ofAFile(String change, String mode, String expected) {
    assertEquals(expected, applied(change, mode, false));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "755, 2700, 755",
    "a+X, 600, 711",
    "'u=rwX,go=rX', 600, 755",
    "g=rx, 2775, 2755",
    "g-s, 2775, 775",
    "a=rwx, 1700, 1777",
  })
  void ofAFolderWhoseSetIdBitsStayUnlessNamed(String change, String mode, String expected) {
    assertEquals(expected, applied(change, mode, true));
  }

  private static String applied(String change, String mode, boolean folder) {
    int changed = ModeChange.parse(change).apply(Integer.parseInt(mode, 8), folder);
    return Integer.toOctalString(changed);
  }

  @Test
  void noneLeavesAllAsItIs() {
    assertEquals(04751, ModeChange.parse("").apply(04751, false));
    assertEquals(02751, ModeChange.none().apply(02751, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8", "778", "77777", "0o755", "rwx", " 755", "0x1ff", "7 5", "é", "u", "u+q", "x+u", "u+x,",
        ",u+x", "u+x g+x", "u=go"
      })
  void anythingElseIsNoMode(String text) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> ModeChange.parse(text));
    assertEquals(
        "invalid chmod parameter: '"
            + text
            + "'. it should be octal string and between 0 and 07777, or letters as in u=rw,go=r",
        e.getMessage());
  }
}
