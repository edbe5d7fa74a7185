package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of a variable, and what quotes do to it. */
final class VariableExpanderTest {
  private static final Map<String, String> VALUES =
      Map.of("v", "val", "e", "", "n1", "one", "path", "/a/b/c.tar.gz", "w", "x y", "V", "upper");

  private static final VariableExpander EXPANDER =
      new VariableExpander('\\', name -> Optional.ofNullable(VALUES.get(name)));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | plain",
        "$v | val",
        "${v} | val",
        "a$v/b | aval/b",
        "$v$v | valval",
        "${v}s | vals",
        "$vs | ``",
        "$V | upper",
        "$n1 | one",
        "$unset | ``",
        "a${unset}b | ab",
        "$ | $",
        "a$ | a$",
        "$- | $-",
        "\\$v | $v",
        "\\${v} | ${v}",
        "a\\b | ab",
        "a\\\\b | a\\b",
        // Defaults and alternatives.
        "${v:-w} | val",
        "${e:-w} | w",
        "${unset:-w} | w",
        "${v-w} | val",
        "${e-w} | ``",
        "${unset-w} | w",
        "${v:+w} | w",
        "${e:+w} | ``",
        "${unset:+w} | ``",
        "${v+w} | w",
        "${e+w} | w",
        "${unset+w} | ``",
        "${v:?m} | val",
        "${v?m} | val",
        "${e?m} | ``",
        "${unset:-$v} | val",
        "${unset:-${e:-deep}} | deep",
        "${unset:-a b} | a b",
        "${unset:-\"a}b\"} | a}b",
        "${unset:-'$v'} | $v",
        "${unset:-} | ``",
        // Cut off in front, behind, replaced.
        "${path#*/} | a/b/c.tar.gz",
        "${path##*/} | c.tar.gz",
        "${path%.*} | /a/b/c.tar",
        "${path%%.*} | /a/b/c",
        "${path#nope} | /a/b/c.tar.gz",
        "${path%nope} | /a/b/c.tar.gz",
        "${path#/a/?} | /c.tar.gz",
        "${v/a/A} | vAl",
        "${path//\\//_} | _a_b_c.tar.gz",
        "${path/./-} | /a/b/c-tar.gz",
        "${path//./-} | /a/b/c-tar-gz",
        "${v/x/y} | val",
        "${v/a/} | vl",
        "${v/*/$w} | x y",
        "${unset#x} | ``",
        // Quotes.
        "'$v' | $v",
        "\"$v\" | val",
        "\"a '$v' b\" | a 'val' b",
        "'a \"$v\" b' | a \"$v\" b",
        "\"\\$v\" | $v",
        "\"\\\"\" | \"",
        "\"\\a\" | \\a",
        "'\\' | \\",
        "a\"b c\"d'e f' | ab cde f",
        "\"$w\" | x y",
        "$w | x y",
        "\"\" | ``",
      })
  void wordsBecomePlain(String word, String expected) {
    assertEquals(expected, EXPANDER.expand(word));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${v | missing '}'",
        "${ | bad substitution",
        "${} | bad substitution",
        "${v:-w | missing '}'",
        "${v:x} | unsupported modifier (x)",
        "${v:#x} | unsupported modifier (#)",
        "${v!x} | unsupported modifier (!)",
        "${v/x} | missing '/'",
        "\"a | looking for matching \"",
        "'a | looking for matching '",
        "${unset:?must be set} | unset: must be set",
        "${e:?must be set} | e: must be set",
        "${unset?} | unset: not allowed to be unset",
      })
  void malformedOnesAreNamed(String word, String message) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> EXPANDER.expand(word));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void theEscapeMayBeABacktick() {
    VariableExpander windows =
        new VariableExpander('`', name -> Optional.ofNullable(VALUES.get(name)));
    assertEquals("c:\\dir\\val", windows.expand("c:\\dir\\$v"));
    assertEquals("$v", windows.expand("`$v"));
  }

  @Test
  void aHeredocsTextKeepsItsQuotes() {
    assertEquals(
        "say \"val\" 'val' $v \\n\n", EXPANDER.expandKeepingQuotes("say \"$v\" '$v' \\$v \\n\n"));
  }
}
