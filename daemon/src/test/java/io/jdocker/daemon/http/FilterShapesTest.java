package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Filters of every shape that clients send, and of shapes that none should; then what they match.
 */
class FilterShapesTest {
  private static Filters filters(String json) {
    return Filters.parse(json.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'label':['a','b']} | a,b",
        "{'label':{'a':true,'b':true}} | a,b",
        "{'label':{'a':true,'b':false}} | a",
        "{'label':{'a':'true'}} | a",
        "{'label':'a'} | a",
        "{'label':7} | 7",
        "{'label':[true,1.5]} | true,1.5",
        "{'label':['a,b']} | a,b",
        "{'label':['a'],'label':['b']} | b",
      })
  void valuesOfAnyShape(String json, String values) {
    assertEquals(values, String.join(",", filters(json).get("label")));
    assertTrue(filters(json).has("label"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "{'label':[]}",
        "{'label':{}}",
        "{'label':null}",
        "{'label':{'a':false}}",
        "{'label':{'a':null}}",
        "{'label':{'a':[]}}"
      })
  void noValuesAreNoFilter(String json) {
    assertTrue(filters(json).isEmpty());
    assertFalse(filters(json).has("label"));
    assertEquals(List.of(), filters(json).get("label"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[]",
        "null",
        "true",
        "\"label\"",
        "{label:[\"a\"]}",
        "{\"label\":[\"a\"]} x",
        "{\"label\":[\"a\"],}",
        "{\"label\":[\"a\",]}",
        "{\"label\":[\"a\"]",
        "{'label':['a']}",
        "{\"label\"=[\"a\"]}",
        "{\"label\":[a]}",
        "{\"label\":[\"a\"]} {}",
        "# x\n{}"
      })
  void whatIsNoJsonObjectIsRefusedAsGoDoes(String text) {
    assertEquals(
        "invalid filters \"" + text + "\": not a JSON object",
        assertThrows(InvalidArgument.class, () -> Filters.parse(text)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"label\":["})
  void nestedWithoutEndIsAMistakeAndNoOverflow(String open) {
    for (int depth : new int[] {1_000, 20_000}) {
      assertThrows(InvalidArgument.class, () -> Filters.parse(open.repeat(depth)));
    }
    String closed = "[".repeat(20_000) + "]".repeat(20_000);
    assertThrows(InvalidArgument.class, () -> Filters.parse(closed));
    assertThrows(InvalidArgument.class, () -> Filters.parse("{\"label\":" + closed + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'label':[['a']]}", "{'label':[{}]}", "{'label':[null]}"})
  void aValueThatIsNoTextIsRefused(String json) {
    assertEquals(
        "invalid value for filter 'label': not a text",
        assertThrows(InvalidArgument.class, () -> filters(json)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a | true",
        "a=1 | true",
        "a=2 | false",
        "a= | false",
        "b | true",
        "b= | true",
        "c | false",
        "c= | false",
        "d=x=y | true",
        "d=x | false",
        "=1 | false",
        "A | false",
      })
  void aLabelIsANameOrANameAndItsValue(String wanted, boolean matches) {
    Map<String, String> labels = Map.of("a", "1", "b", "", "d", "x=y");
    assertEquals(matches, LabelFilter.matches(List.of(wanted), labels));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | true",
        "{'label':['a']} | true",
        "{'label':['a','b']} | false",
        "{'label!':['a']} | false",
        "{'label!':['b']} | true",
        "{'label':['a=1'],'label!':['b','c']} | true",
        "{'label':['a'],'label!':['a=2']} | true",
        "{'label':['a'],'label!':['b','a=1']} | false",
      })
  void wantedOnesAreAllThereAndUnwantedNone(String json, boolean matches) {
    assertEquals(matches, LabelFilter.matches(filters(json), Map.of("a", "1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | true",
        "{'name':['web']} | true",
        "{'name':['eb']} | true",
        "{'name':['^web$']} | false",
        "{'name':['^web-1$']} | true",
        "{'name':['db','web']} | true",
        "{'name':['db']} | false",
        "{'name':['w.*1']} | true",
        "{'name':['WEB']} | false",
      })
  void aNameIsAnExpressionOfWhichOneMustMatch(String json, boolean matches) {
    assertEquals(matches, NameFilter.of(filters(json)).matches("web-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "*", "a{", "?"})
  void aBrokenExpressionIsNamed(String expression) {
    InvalidArgument refused =
        assertThrows(
            InvalidArgument.class, () -> NameFilter.of(filters("{'name':['" + expression + "']}")));
    assertTrue(
        refused.getMessage().startsWith("Invalid filter 'name=" + expression + "': "),
        refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void aFlagSaidTwiceMustBeTheSame() {
    assertEquals(true, filters("{'dangling':['1','true']}").flag("dangling").orElseThrow());
    assertEquals(false, filters("{'dangling':['0','False']}").flag("dangling").orElseThrow());
    assertEquals(
        "Invalid filter 'dangling=1,0'",
        assertThrows(
                InvalidArgument.class, () -> filters("{'dangling':['1','0']}").flag("dangling"))
            .getMessage());
  }
}
