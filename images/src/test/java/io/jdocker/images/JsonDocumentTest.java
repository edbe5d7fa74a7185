package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonDocumentTest {
  private static JsonDocument parse(String json) {
    return JsonDocument.parse("doc", json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonDocument field(String value) {
    return parse("{\"f\":" + value + "}");
  }

  private static String message(Runnable reading) {
    return assertThrows(InvalidArgument.class, reading::run).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"text\"", "7", "true", "[{}]"})
  void aDocumentIsAnObject(String json) {
    assertEquals("doc is not a JSON object", message(() -> parse(json)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{\"a\":", "{\"a\" 1}", "[1,2", "{\"a\":\"b}", "{} {}", "{\"a\":1}}", "{,}"})
  void brokenJsonIsNamed(String json) {
    assertEquals("doc is not valid JSON", message(() -> parse(json)));
  }

  @Test
  void depthIsNoCrash() {
    for (String open : List.of("[", "{\"a\":", "[{\"a\":")) {
      InvalidArgument e =
          assertThrows(InvalidArgument.class, () -> parse(open.repeat(300_000)), open);
      assertEquals("doc is not valid JSON", e.getMessage());
    }
  }

  @Test
  void anAbsentOrNullFieldIsEmpty() {
    for (JsonDocument document : List.of(parse("{}"), field("null"))) {
      assertFalse(document.has("f"));
      assertEquals("", document.text("f"));
      assertFalse(document.flag("f"));
      assertEquals(Optional.empty(), document.number("f"));
      assertEquals(Optional.empty(), document.integer("f"));
      assertEquals(Optional.empty(), document.time("f"));
      assertEquals(List.of(), document.texts("f"));
      assertEquals(List.of(), document.keys("f"));
      assertEquals(Map.of(), document.map("f"));
      assertEquals(Optional.empty(), document.document("f"));
      assertEquals(List.of(), document.documents("f"));
      assertEquals("doc has no f", message(() -> document.required("f")));
    }
  }

  @Test
  void unknownFieldsAreLeftAlone() {
    JsonDocument document = parse("{\"new\":{\"deep\":[1]},\"f\":\"v\"}");
    assertEquals("v", document.required("f"));
    assertTrue(document.has("new"));
  }

  /** What each kind of field refuses, and in which words. */
  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        wrong("text", d -> d.text("f"), "doc: f is not a string", "1", "true", "[]", "{}"),
        wrong("required", d -> d.required("f"), "doc: f is not a string", "1", "[\"x\"]"),
        wrong("flag", d -> d.flag("f"), "doc: f is not true or false", "1", "\"true\"", "[]"),
        wrong(
            "number",
            d -> d.number("f"),
            "doc: f is not a whole number",
            "\"1\"",
            "1.5",
            "true",
            "[1]",
            "9223372036854775808",
            "-9223372036854775809",
            "1e400",
            "1e-1",
            "1e999999999",
            "1e-999999999"),
        wrong("integer", d -> d.integer("f"), "doc: f is not a number of 32 bits", "2147483648"),
        wrong("time", d -> d.time("f"), "doc: f is not a string", "0"),
        wrong("texts", d -> d.texts("f"), "doc: f is not an array", "\"a\"", "{}", "1"),
        wrong("texts", d -> d.texts("f"), "doc: f is not a string", "[1]", "[\"a\",null]", "[[]]"),
        wrong("map", d -> d.map("f"), "doc.f is not a JSON object", "[]", "\"a\"", "1"),
        wrong("map", d -> d.map("f"), "doc.f: k is not a string", "{\"k\":1}", "{\"k\":{}}"),
        wrong("keys", d -> d.keys("f"), "doc.f is not a JSON object", "[\"80/tcp\"]"),
        wrong("document", d -> d.document("f"), "doc.f is not a JSON object", "[]", "1"),
        wrong("documents", d -> d.documents("f"), "doc: f is not an array", "{}", "1"),
        wrong("documents", d -> d.documents("f"), "doc.f[1] is not a JSON object", "[{},1]"));
  }

  private static Arguments wrong(
      String kind, Consumer<JsonDocument> reading, String message, String... values) {
    return Arguments.of(kind, reading, message, List.of(values));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("wrongTypes")
  void aFieldOfAWrongTypeIsNamed(
      String kind, Consumer<JsonDocument> reading, String message, List<String> values) {
    for (String value : values) {
      JsonDocument document = field(value);
      assertEquals(message, message(() -> reading.accept(document)), kind + " of " + value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, -1",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "1e3, 1000",
    "1.0, 1",
    "120e-1, 12"
  })
  void wholeNumbersMayBeWrittenAsFractions(String json, long expected) {
    assertEquals(Optional.of(expected), field(json).number("f"));
  }

  @Test
  void theLimitsOf32BitsAreIn() {
    assertEquals(Optional.of(Integer.MAX_VALUE), field("2147483647").integer("f"));
    assertEquals(Optional.of(Integer.MIN_VALUE), field("-2147483648").integer("f"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-01T10:20:30Z, 2024-05-01T10:20:30Z",
    "2024-05-01T10:20:30.123456789Z, 2024-05-01T10:20:30.123456789Z",
    "2024-05-01T10:20:30+02:00, 2024-05-01T08:20:30Z",
    "2024-05-01T00:20:30-08:30, 2024-05-01T08:50:30Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
  })
  void timesHaveAnyOffset(String text, Instant expected) {
    assertEquals(Optional.of(expected), field("\"" + text + "\"").time("f"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "2024-05-01", "2024-05-01T10:20:30", "2024-13-01T00:00:00Z", " "})
  void whatIsNoTimeIsShown(String text) {
    JsonDocument document = field("\"" + text + "\"");
    assertEquals("doc: f is not a time: " + text, message(() -> document.time("f")));
  }

  @Test
  void arraysAndMapsKeepTheirOrder() {
    assertEquals(List.of("b", "a", "b"), field("[\"b\",\"a\",\"b\"]").texts("f"));
    JsonDocument ports = field("{\"80/tcp\":{},\"443/tcp\":{},\"53/udp\":null}");
    assertEquals(List.of("80/tcp", "443/tcp", "53/udp"), ports.keys("f"));
    Map<String, String> labels = field("{\"z\":\"1\",\"a\":\"2\",\"n\":null}").map("f");
    assertEquals(List.of("z", "a", "n"), List.copyOf(labels.keySet()));
    assertEquals("", labels.get("n"), "null is Go's empty string");
  }

  @Test
  void documentsWithinAreNamedByTheirPath() {
    JsonDocument document = parse("{\"a\":{\"b\":[{},{\"c\":1}]}}");
    JsonDocument inner = document.document("a").orElseThrow().documents("b").get(1);
    assertEquals("doc.a.b[1]: c is not a string", message(() -> inner.text("c")));
    assertEquals("doc.a.b[1] has no d", message(() -> inner.required("d")));
  }

  @Test
  void anEmptyTextIsAsGoodAsNone() {
    assertEquals("doc has no f", message(() -> field("\"\"").required("f")));
    assertEquals(Optional.empty(), field("\"\"").time("f"));
    assertTrue(field("\"\"").has("f"));
  }

  @Test
  void anArrayDocumentNamesItsItems() {
    byte[] good = "[{\"a\":\"1\"},{}]".getBytes(StandardCharsets.UTF_8);
    List<JsonDocument> items = JsonDocument.parseArray("manifest.json", good);
    assertEquals("1", items.get(0).text("a"));
    assertEquals("manifest.json[1] has no a", message(() -> items.get(1).required("a")));
    byte[] mixed = "[{},[]]".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "manifest.json[1] is not a JSON object",
        message(() -> JsonDocument.parseArray("manifest.json", mixed)));
    byte[] object = "{}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "manifest.json is not a JSON array",
        message(() -> JsonDocument.parseArray("manifest.json", object)));
  }

  @Test
  void bytesThatAreNotUtf8DoNotStopTheReading() {
    byte[] bytes = "{\"author\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertDoesNotThrow(() -> JsonDocument.parse("doc", bytes).text("author"));
  }
}
