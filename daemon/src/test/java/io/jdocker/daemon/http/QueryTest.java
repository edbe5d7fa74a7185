package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void decodesNamesAndValues() {
    Query query = Query.parse("na%6De=a%26b&names=x&names=y+z&&plain&=v&eq=a=b&u=%C3%A4");
    assertEquals(Optional.of("a&b"), query.text("name"));
    assertEquals(List.of("x", "y z"), query.all("names"));
    assertEquals(Optional.of("a=b"), query.text("eq"));
    assertEquals(Optional.of("ä"), query.text("u"));
    assertTrue(query.has("plain"));
    assertEquals(Optional.empty(), query.text("plain"));
    assertEquals(List.of(), query.all("nothing"));
  }

  @Test
  void emptyIsAbsent() {
    Query query = Query.parse("condition=&t=");
    assertEquals(Optional.empty(), query.text("condition"));
    assertEquals(OptionalInt.empty(), query.number("t"));
    assertFalse(query.flag("t", true));
    assertTrue(query.flag("other", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "no", "false", "False", "NONE"})
  void theseAreFalse(String value) {
    assertFalse(Query.parse("all=" + value).flag("all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "True", "yes", "2"})
  void everythingElseIsTrue(String value) {
    assertTrue(Query.parse("all=" + value).flag("all"));
  }

  @Test
  void numbersAreChecked() {
    assertEquals(OptionalInt.of(-1), Query.parse("t=-1").number("t"));
    InvalidArgument bad =
        assertThrows(InvalidArgument.class, () -> Query.parse("t=abc").number("t"));
    assertEquals("invalid value \"abc\" for t: not a number", bad.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%1", "a=%g0", "%zz=1"})
  void brokenEscapesAreRefused(String query) {
    assertThrows(InvalidArgument.class, () -> Query.parse(query));
  }
}
