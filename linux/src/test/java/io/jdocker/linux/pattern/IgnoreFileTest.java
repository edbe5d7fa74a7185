package io.jdocker.linux.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files an ignore file leaves out: the rules of Docker's documentation, a case each. */
final class IgnoreFileTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // A pattern counts from the root.
        "foo | foo | true",
        "foo | a/foo | false",
        "foo | foo/a/b | true",
        "foo | foobar | false",
        "/foo | foo | true",
        "foo/ | foo/a | true",
        "./foo | foo | true",
        "a/../foo | foo | true",
        "a//b | a/b | true",
        // * stays within a part and takes files with a dot.
        "* | a | true",
        "* | .a | true",
        "*.txt | a.txt | true",
        "*.txt | a/b.txt | false",
        "*/*.txt | a/b.txt | true",
        "a* | a/b/c | true",
        "a*c | abbc | true",
        "a*c | a/c | false",
        // ? is one character, no slash.
        "?.c | a.c | true",
        "?.c | ab.c | false",
        "a?b | a/b | false",
        // [..] is one of several.
        "[a-c] | b | true",
        "[a-c] | d | false",
        "[^a-c] | d | true",
        "[^a-c] | a | false",
        "x[-.]y | x-y | true",
        "[]] | ] | true",
        // A backslash takes a meaning away.
        "\\*a | *a | true",
        "\\*a | ba | false",
        "a\\?b | a?b | true",
        // ** is any number of parts, none included.
        "** | a/b/c | true",
        "**/a | a | true",
        "**/a | b/a | true",
        "**/a | c/b/a | true",
        "**/a | c/b/aa | false",
        "a/** | a/b/c | true",
        "a/** | a | false",
        "a/**/c | a/c | true",
        "a/**/c | a/b/b/c | true",
        "**/*.go | x/y.go | true",
        "**/*.go | y.go | true",
        "**/node_modules | a/node_modules/b | true",
        // What a regular expression would take for something else.
        "a.b | axb | false",
        "a+b | a+b | true",
        "a$ | a$ | true",
        "(a) | (a) | true",
        "a{2} | aa | false",
        "with blank | with blank | true",
        "日本 | 日本/x | true",
      })
  void onePattern(String pattern, String path, boolean excluded) {
    assertEquals(excluded, IgnoreFile.parse(pattern).excludes(path));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*;!a | a | false",
        "*;!a | b | true",
        "*;!a/b | a/b | false",
        "*;!a/b | a/c | true",
        "*;!a/b | a | true",
        "!a;* | a | true",
        "a;!a/b;a/b/c | a/b/c | true",
        "a;!a/b;a/b/c | a/b/d | false",
        "*.md;!README.md | README.md | false",
        "*.md;!README*.md;README-secret.md | README-secret.md | true",
        "a;! a | a | false",
        "# a;b | a | false",
        "#a;b | b | true",
        "a # not a comment | a | false",
        ";;  ;a | a | true",
        "'  a  ;b' | a | true",
        "!;a | a | true",
      })
  void theLastMatchCounts(String lines, String path, boolean excluded) {
    assertEquals(excluded, IgnoreFile.parse(lines.replace(';', '\n')).excludes(path));
  }

  @Test
  void aByteOrderMarkAndCarriageReturnsAreNoPartOfAPattern() {
    IgnoreFile file = IgnoreFile.parse("\ufeffa\r\nb\r\n");
    assertTrue(file.excludes("a"));
    assertTrue(file.excludes("b"));
  }

  @Test
  void anEmptyOneExcludesNothing() {
    assertFalse(IgnoreFile.empty().excludes("a"));
    assertFalse(IgnoreFile.parse("# only\n\n").excludes("a"));
    assertFalse(IgnoreFile.parse("a\n").takesBackAny());
    assertTrue(IgnoreFile.parse("a\n!a/b\n").takesBackAny());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "a[b", "[a", "a\\"})
  void aMalformedPatternIsNamed(String pattern) {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> IgnoreFile.parse("x\n" + pattern + "\n"));
    assertEquals("syntax error in pattern: " + pattern, e.getMessage());
  }
}
