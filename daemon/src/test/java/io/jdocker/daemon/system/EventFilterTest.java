package io.jdocker.daemon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.http.ExposedFilters;
import io.jdocker.daemon.json.Json;
import io.jdocker.runtime.event.Event;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
  private static final Event START =
      new Event(
          Event.Type.CONTAINER,
          "exec_create: sh",
          "abc123",
          Map.of("image", "bb:1", "name", "web", "tier", "front"),
          Instant.ofEpochSecond(5, 7));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|true",
        "{\"type\":[\"container\"]}|true",
        "{\"type\":[\"image\",\"container\"]}|true",
        "{\"type\":[\"image\"]}|false",
        "{\"event\":[\"exec_create\"]}|true",
        "{\"event\":[\"exec\"]}|false",
        "{\"container\":[\"web\"]}|true",
        "{\"container\":[\"abc\"]}|true",
        "{\"container\":[\"other\"]}|false",
        "{\"image\":[\"bb\"]}|true",
        "{\"image\":[\"b\"]}|false",
        "{\"label\":[\"tier=front\",\"name\"]}|true",
        "{\"label\":[\"tier=front\",\"other\"]}|false",
        "{\"network\":[\"web\"]}|false",
        "{\"node\":[\"x\"]}|false",
      })
  void filters(String text, boolean expected) {
    assertEquals(expected, new EventFilter(ExposedFilters.parse(text)).test(START));
  }

  @Test
  void documentHasTheOldKeysForContainersAlone() {
    String text = new Json().write(EventDocument.of(START));
    assertTrue(
        text.startsWith(
            "{\"status\":\"exec_create: sh\",\"id\":\"abc123\",\"from\":\"bb:1\","
                + "\"Type\":\"container\",\"Action\":\"exec_create: sh\",\"Actor\":{\"ID\":\"abc123\""),
        text);
    assertTrue(text.endsWith("\"scope\":\"local\",\"time\":5,\"timeNano\":5000000007}"), text);
    Event network =
        new Event(Event.Type.NETWORK, "create", "n", Map.of(), Instant.ofEpochSecond(1));
    assertEquals(
        "{\"Type\":\"network\",\"Action\":\"create\",\"Actor\":{\"ID\":\"n\",\"Attributes\":{}},"
            + "\"scope\":\"local\",\"time\":1,\"timeNano\":1000000000}",
        new Json().write(EventDocument.of(network)));
  }
}
