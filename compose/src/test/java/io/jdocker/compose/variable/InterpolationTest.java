package io.jdocker.compose.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.YamlReader;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
  private static final Map<String, String> VARIABLES =
      Map.of("SET", "value", "EMPTY", "", "_x1", "under", "NESTED", "${SET}");

  private final Interpolation interpolation = new Interpolation(VARIABLES);

  private String filled(String text) {
    Mapping document = YamlReader.read("f.yaml", "key: '" + text.replace("'", "''") + "'").get(0);
    return ((Scalar) interpolation.apply(document).find("key").orElseThrow()).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain                        | plain
          $SET                         | value
          ${SET}                       | value
          a${SET}b$SET-c               | avaluebvalue-c
          $_x1/${_x1}                  | under/under
          $$SET and $${SET}            | $SET and ${SET}
          $$                           | $
          [${UNSET}]                   | []
          ${SET:-other}                | value
          ${EMPTY:-other}              | other
          [${EMPTY-other}]             | []
          ${UNSET-other}               | other
          ${UNSET:-}x                  | x
          ${UNSET:-a:b-c}              | a:b-c
          ${UNSET:-$SET}               | value
          ${UNSET:-${ALSO:-${SET}}}    | value
          ${UNSET:-http://${SET}/}     | http://value/
          ${SET:+there}                | there
          [${EMPTY:+there}]            | []
          ${EMPTY+there}               | there
          [${UNSET+there}]             | []
          ${SET:?must be}              | value
          [${EMPTY?must be}]           | []
          ${NESTED}                    | ${SET}
          """)
  void aTextWithItsVariables(String text, String expected) {
    assertEquals(expected, filled(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "a $ b", "${", "${}", "${SET", "${1}", "${SET!}", "${SET:=x}", "$1"})
  void aDollarSignThatBeginsNothingIsRefused(String text) {
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> filled(text));
    assertEquals(
        "validating f.yaml:1:6: invalid interpolation format for key.\n"
            + "You may need to escape any $ with another $.\n"
            + text,
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${UNSET:?}            | required variable UNSET is missing a value
          ${UNSET?why not}      | required variable UNSET is missing a value: why not
          ${EMPTY:?give ${SET}} | required variable EMPTY is missing a value: give value
          """)
  void aRequiredVariableIsNamed(String text, String message) {
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> filled(text));
    assertEquals(
        "validating f.yaml:1:6: error while interpolating key: " + message, refused.getMessage());
  }

  @Test
  void variablesWithoutAValueAreReportedOnce() {
    filled("$A $B ${A} ${C:-default} $SET");
    assertEquals(List.of("A", "B"), List.copyOf(interpolation.unset()));
  }

  @Test
  void keysAndNumbersStayAndListsAreFilled() {
    Mapping document =
        YamlReader.read("f", "$SET: {list: [a, $SET, 5, true, {deep: '${SET}'}]}").get(0);
    assertEquals(
        "{$SET={list=...}}",
        interpolation.apply(document).toString().replaceAll("list=.*", "list=...}}"));
    String text = io.jdocker.compose.yaml.DocumentText.json(interpolation.apply(document));
    assertEquals("{\"$SET\":{\"list\":[\"a\",\"value\",5,true,{\"deep\":\"value\"}]}}", text);
  }
}
