package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each form of a variable against each state of it: set, set to nothing, not set (sh(1)). */
final class VariableFormsTest {
  private static String expand(String word, Map<String, String> values) {
    return new VariableExpander('\\', name -> Optional.ofNullable(values.get(name))).expand(word);
  }

  private static String expand(String word) {
    return expand(word, Map.of("set", "value", "empty", "", "file", "/usr/lib/a.tar.gz"));
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${NAME} | value | `` | ``",
        "${NAME:-w} | value | w | w",
        "${NAME-w} | value | `` | w",
        "${NAME:+w} | w | `` | ``",
        "${NAME+w} | w | w | ``",
        "${NAME:-} | value | `` | ``",
        "${NAME:+} | `` | `` | ``",
        "${NAME#v} | alue | `` | ``",
        "${NAME##v*} | `` | `` | ``",
        "${NAME%e} | valu | `` | ``",
        "${NAME%%a*} | v | `` | ``",
        "${NAME/a/b} | vblue | `` | ``",
        "${NAME//[/x} | value | `` | ``",
        "<${NAME}> | <value> | <> | <>",
      })
  void aStateDecides(String form, String set, String empty, String unset) {
    assertEquals(set, expand(form.replace("NAME", "set")));
    assertEquals(empty, expand(form.replace("NAME", "empty")));
    assertEquals(unset, expand(form.replace("NAME", "unset")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "${unset:?}, unset: not allowed to be unset",
    "${unset?}, unset: not allowed to be unset",
    "${empty:?}, empty: not allowed to be unset",
    "${unset:?give one}, unset: give one",
    "${unset:?not $set}, unset: not value",
    "${empty:?${unset:-deep}}, empty: deep",
  })
  void aRequiredOneIsAskedFor(String word, String message) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> expand(word));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${file#/*/} | lib/a.tar.gz",
        "${file##/*/} | a.tar.gz",
        "${file%/*} | /usr/lib",
        "${file%%/*} | ``",
        "${file%.*} | /usr/lib/a.tar",
        "${file%%.*} | /usr/lib/a",
        "${file#?} | usr/lib/a.tar.gz",
        "${file%??} | /usr/lib/a.tar.",
        "${file##*} | ``",
        "${file#*} | /usr/lib/a.tar.gz",
        "${file%*} | /usr/lib/a.tar.gz",
        "${file#usr} | /usr/lib/a.tar.gz",
        "${file%.tar} | /usr/lib/a.tar.gz",
        "${file/.*/} | /usr/lib/a",
        "${file//a/A} | /usr/lib/A.tAr.gz",
        "${file/a/A} | /usr/lib/A.tar.gz",
        "${file//\\/usr/} | /lib/a.tar.gz",
        "${file/\\/usr/$set} | value/lib/a.tar.gz",
        "${file//?/x} | xxxxxxxxxxxxxxxxx",
        "${file/./\\$} | /usr/lib/a$tar.gz",
      })
  void partsAreCutOffAndReplaced(String word, String expected) {
    assertEquals(expected, expand(word));
  }

  @Test
  void charactersOfARegularExpressionStandForThemselves() {
    for (String c : List.of(".", "+", "(", ")", "[", "]", "{", "^", "|", "$1", "\\E")) {
      Map<String, String> values = Map.of("v", "a" + c + "b", "p", c);
      assertEquals("b", expand("${v#a$p}", escaped(values)), c);
      assertEquals("a", expand("${v%${p}b}", escaped(values)), c);
      assertEquals("a-b", expand("${v/$p/-}", escaped(values)), c);
      assertEquals("axb", expand("${w/-/x}", Map.of("w", "a-b")), c);
      assertEquals("a" + c + "b", expand("${w/-/$p}", Map.of("w", "a-b", "p", c)), c);
    }
  }

  /** A backslash in a pattern takes a meaning away, so one that is meant is doubled. */
  private static Map<String, String> escaped(Map<String, String> values) {
    return Map.of("v", values.get("v"), "p", values.get("p").replace("\\", "\\\\"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\\$set | $set",
        "\\\\$set | \\value",
        "\\\\\\$set | \\$set",
        "\\${set:-x} | ${set:-x}",
        "'\\$set' | \\$set",
        "\"\\$set\" | $set",
        "\"\\\\$set\" | \\value",
        "$set\\$set | value$set",
        "${unset:-\\$set} | $set",
        "${unset:-\\}} | }",
        "$$set | $value",
        "$set_ | ``",
        "$set-x | value-x",
        "$set.x | value.x",
        "$1 | ``",
        "$10 | 0",
        "${set}${set} | valuevalue",
        "$set'$set'\"$set\" | value$setvalue",
        "$é | $é",
      })
  void aDollarMayBeTakenLiterally(String word, String expected) {
    assertEquals(expected, expand(word));
  }

  @Test
  void onlyNamesThatAreNeededAreAskedFor() {
    List<String> asked = new ArrayList<>();
    new VariableExpander(
            '\\',
            name -> {
              asked.add(name);
              return Optional.of("x");
            })
        .expand("$a ${b} '$c' \\$d ${e%$f}");
    assertEquals(List.of("a", "b", "e", "f"), asked);
  }

  @Test
  void aValueIsNotExpandedAgain() {
    assertEquals("$b ${b} 'q'", expand("$a", Map.of("a", "$b ${b} 'q'", "b", "no")));
  }

  @Test
  void aHeredocsTextHasTheSameFormsWithoutQuotes() {
    VariableExpander expander =
        new VariableExpander('\\', name -> Optional.of("v").filter(v -> name.equals("set")));
    assertEquals(
        "it's v \"v\" w $set \\\n\\x\n",
        expander.expandKeepingQuotes("it's $set \"${set}\" ${unset:-w} \\$set \\\\\n\\x\n"));
  }
}
