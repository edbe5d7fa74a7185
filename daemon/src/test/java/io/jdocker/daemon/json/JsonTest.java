package io.jdocker.daemon.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Inner(int count, List<String> names) {}

  record Outer(
      @Key("ID") String id,
      boolean tty,
      long memory,
      Optional<Boolean> init,
      Optional<Words> cmd,
      Map<String, Inner> parts,
      Inner inner,
      @OmitEmpty String note,
      @OmitEmpty Optional<Inner> more) {}

  private final Json json = new Json();

  @Test
  void whatIsNotSentHasItsZeroValue() {
    Outer nothing =
        new Outer(
            "",
            false,
            0,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new Inner(0, List.of()),
            "",
            Optional.empty());
    assertEquals(nothing, json.read("{}", Outer.class));
    assertEquals(
        nothing,
        json.read(
            "{\"id\":null,\"Tty\":null,\"memory\":null,\"INIT\":null,\"inner\":null,"
                + "\"parts\":null,\"LxcConf\":[{\"a\":1}]}",
            Outer.class));
  }

  @Test
  void namesMatchInAnyCaseAndTheLastWins() {
    Outer read =
        json.read(
            "{\"Id\":\"a\",\"iD\":\"b\",\"TTY\":true,\"Init\":false,\"Memory\":9007199254740993,"
                + "\"Inner\":{\"COUNT\":2,\"names\":[\"x\"]}}",
            Outer.class);
    assertEquals("b", read.id());
    assertEquals(Optional.of(false), read.init());
    assertEquals(9007199254740993L, read.memory());
    assertEquals(new Inner(2, List.of("x")), read.inner());
  }

  /** As Go writes them: a document must not differ from one moment to the next. */
  @Test
  void mapsAreWrittenInTheOrderOfTheirKeys() {
    record Labelled(Map<String, String> labels, Optional<Map<String, Integer>> counts) {}
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("c", "3");
    labels.put("a", "1");
    labels.put("B", "2");
    String written = json.write(new Labelled(labels, Optional.of(Map.of("z", 1, "y", 2, "x", 3))));
    assertEquals(
        "{\"Labels\":{\"B\":\"2\",\"a\":\"1\",\"c\":\"3\"},\"Counts\":{\"x\":3,\"y\":2,\"z\":1}}",
        written);
  }

  @Test
  void keysOfMapsKeepTheirCase() {
    Outer read = json.read("{\"Parts\":{\"Web\":{\"Count\":1},\"web\":{}}}", Outer.class);
    assertEquals(
        Map.of("Web", new Inner(1, List.of()), "web", new Inner(0, List.of())), read.parts());
  }

  @Test
  void aCommandMayBeOneText() {
    assertEquals(
        Optional.of(new Words(List.of("a b"))), json.read("{\"Cmd\":\"a b\"}", Outer.class).cmd());
    assertEquals(Optional.of(new Words(List.of())), json.read("{\"Cmd\":[]}", Outer.class).cmd());
  }

  @Test
  void zeroValuesAreWrittenUnlessOmitted() {
    assertEquals(
        "{\"ID\":\"\",\"Tty\":false,\"Memory\":0,\"Init\":null,\"Cmd\":null,\"Parts\":{},"
            + "\"Inner\":{\"Count\":0,\"Names\":[]}}",
        json.write(json.read("{}", Outer.class)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"Tty\":\"maybe\"x}",
        "{} {}",
        "{\"Memory\":\"x\"}",
        "{\"Cmd\":{}}",
        "{\"Inner\":3}",
        "{'Id':'x'}",
      })
  void brokenDocumentsAreRefused(String text) {
    assertThrows(JsonParseException.class, () -> json.read(text, Outer.class));
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"x\":" + "[".repeat(100_000);
    assertThrows(JsonParseException.class, () -> json.read(deep, Outer.class));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T15:04:05Z, 2026-01-02T15:04:05Z",
    "2026-01-02T15:04:05.120Z, 2026-01-02T15:04:05.12Z",
    "2026-01-02T15:04:05.000000001Z, 2026-01-02T15:04:05.000000001Z",
    "2026-01-02T15:04:05.100200Z, 2026-01-02T15:04:05.1002Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
  })
  void timesAreGos(String time, String expected) {
    assertEquals(expected, GoTime.format(Instant.parse(time)));
    assertEquals('"' + expected + '"', json.write(Instant.parse(time)));
  }
}
