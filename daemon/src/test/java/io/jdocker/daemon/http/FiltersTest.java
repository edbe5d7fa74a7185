package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  @Test
  void bothShapesAreRead() {
    assertEquals(
        List.of("a=b", "c"), Filters.parse("{\"label\":{\"a=b\":true,\"c\":true}}").get("label"));
    assertEquals(List.of("a=b", "c"), Filters.parse("{\"label\":[\"a=b\",\"c\"]}").get("label"));
    assertEquals(List.of("true"), Filters.parse("{\"dangling\":true}").get("dangling"));
    assertEquals(List.of(), Filters.parse("{\"label\":{\"a\":false}}").get("label"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"label\":[]}", "{\"label\":{}}", "{\"label\":null}"})
  void nothingIsNoFilter(String text) {
    assertTrue(Filters.parse(text).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "nonsense", "{", "\"a\"", "{\"a\":[[]]}", "{\"a\":[{}]}", "null"})
  void anythingElseIsRefused(String text) {
    assertThrows(InvalidArgument.class, () -> Filters.parse(text));
  }

  @Test
  void flagsAreTrueOrFalse() {
    assertEquals(Optional.of(true), Filters.parse("{\"all\":{\"1\":true}}").flag("all"));
    assertEquals(Optional.of(false), Filters.parse("{\"all\":[\"false\"]}").flag("all"));
    assertEquals(Optional.empty(), Filters.parse("").flag("all"));
    InvalidArgument bad =
        assertThrows(
            InvalidArgument.class, () -> Filters.parse("{\"all\":[\"maybe\"]}").flag("all"));
    assertEquals("Invalid filter 'all=maybe'", bad.getMessage());
  }

  @Test
  void unknownNamesAreRefused() {
    Query query = Query.parse("filters=%7B%22foo%22%3A%5B%22x%22%5D%7D");
    assertEquals(List.of("x"), Filters.of(query, Set.of("foo")).get("foo"));
    InvalidArgument bad =
        assertThrows(InvalidArgument.class, () -> Filters.of(query, Set.of("label")));
    assertEquals("Invalid filter 'foo'", bad.getMessage());
  }
}
