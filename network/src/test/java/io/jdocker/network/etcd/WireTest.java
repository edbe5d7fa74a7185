package io.jdocker.network.etcd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's JSON, as etcd's api_grpc_gateway chapter shows it, and what is no such thing. */
class WireTest {
  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static List<Change> changes(String result) throws IOException {
    return Wire.changes(json(result));
  }

  @ParameterizedTest
  @CsvSource({"/a/, /a0", "a, b", "/net/~, /net/\u007f"})
  void aPrefixEndsBeforeTheNextOne(String prefix, String end) {
    assertArrayEquals(end.getBytes(StandardCharsets.UTF_8), Wire.endOf(prefix));
    JsonObject range = Wire.range(prefix);
    assertEquals(Wire.base64(prefix), range.get("key").getAsString());
    assertEquals(Wire.base64(end), range.get("range_end").getAsString());
  }

  @Test
  void aWriteNamesItsLeaseIfItHasOne() {
    assertEquals("{\"key\":\"L2E=\",\"value\":\"w6Q=\"}", Wire.put("/a", "ä", 0).toString());
    assertEquals(
        "{\"key\":\"L2E=\",\"value\":\"\",\"lease\":\"9223372036854775807\"}",
        Wire.put("/a", "", Long.MAX_VALUE).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 0",
        "{\"n\":7} | 7",
        "{\"n\":\"7\"} | 7",
        "{\"n\":\"-1\"} | -1",
        "{\"n\":\"9223372036854775807\"} | 9223372036854775807",
      })
  void aNumberIsTextOrNumberOrLeftOut(String object, long number) throws IOException {
    assertEquals(number, Wire.number(json(object), "n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"n\":\"seven\"} | \"seven\"",
        "{\"n\":\"\"} | \"\"",
        "{\"n\":null} | null",
        "{\"n\":{}} | {}",
        "{\"n\":[]} | []",
        "{\"n\":[1,2]} | [1,2]",
        "{\"n\":\"9223372036854775808\"} | \"9223372036854775808\"",
      })
  void whatIsNoNumberIsNamed(String object, String quoted) {
    assertEquals(
        "n is no number in the answer: " + quoted,
        assertThrows(IOException.class, () -> Wire.number(json(object), "n")).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kvs\":{}} | kvs is no list in the answer: {}",
        "{\"kvs\":null} | kvs is no list in the answer: null",
        "{\"kvs\":[[]]} | kvs has no object in the answer: [[]]",
        "{\"kvs\":[{},null]} | kvs has no object in the answer: [{},null]",
      })
  void aListHasObjects(String object, String message) {
    assertEquals(
        message,
        assertThrows(IOException.class, () -> Wire.objects(json(object), "kvs")).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the answer is not a JSON object: ",
        "[] | the answer is not a JSON object: []",
        "7 | the answer is not a JSON object: 7",
        "{\"a\": | the answer is not JSON: {\"a\":",
        "{]} | the answer is not JSON: {]}",
        "<html> hello </html> | the answer is not JSON: <html> hello </html>",
      })
  void whatIsNoMessageIsQuoted(String text, String message) {
    assertEquals(
        message.strip(),
        assertThrows(IOException.class, () -> Wire.message(text)).getMessage().strip());
  }

  @Test
  void aLongAnswerIsQuotedInPart() {
    String page = "{" + "x".repeat(500);
    assertEquals(
        "the answer is not JSON: {" + "x".repeat(79) + "...",
        assertThrows(IOException.class, () -> Wire.message(page)).getMessage());
  }

  @Test
  void aNestThatIsTooDeepIsNoMessage() {
    assertThrows(IOException.class, () -> Wire.message("[".repeat(100_000)));
  }

  @Test
  void anEntryHasDefaultsForAllThatIsLeftOut() throws IOException {
    assertEquals(new KeyValue("", "", 0, 0), Wire.entry(json("{}")));
    assertEquals(
        new KeyValue("/a", "1", 7, 9),
        Wire.entry(
            json(
                "{\"key\":\"L2E=\",\"value\":\"MQ==\",\"mod_revision\":\"7\",\"lease\":\"9\","
                    + "\"version\":\"3\",\"more\":[]}")));
  }

  @Test
  void bytesThatAreNoTextDoNotFail() throws IOException {
    assertEquals("\ufffd\ufffd", Wire.entry(json("{\"value\":\"//4=\"}")).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"key\":\"%%\"} | key is not base64 in the answer: \"%%\"",
        "{\"key\":\"L2\"} | ",
        "{\"key\":null} | key is not base64 in the answer: null",
        "{\"value\":{}} | value is not base64 in the answer: {}",
        "{\"value\":\"L2E=x\"} | value is not base64 in the answer: \"L2E=x\"",
      })
  void whatIsNotBase64IsNamed(String kv, String message) throws IOException {
    if (message == null) {
      assertEquals("/", Wire.entry(json(kv)).key(), "padding may be left out");
    } else {
      assertEquals(
          message, assertThrows(IOException.class, () -> Wire.entry(json(kv))).getMessage());
    }
  }

  @Test
  void changesHaveTheirOwnRevisions() throws IOException {
    assertEquals(
        List.of(
            new Change.Put(new KeyValue("/a", "1", 5, 0), 5),
            new Change.Deleted("/a", 6),
            new Change.Put(new KeyValue("/b", "", 7, 0), 7)),
        changes(
            """
            {"header": {"revision": "99"}, "events": [
              {"kv": {"key": "L2E=", "value": "MQ==", "mod_revision": "5"}},
              {"type": "DELETE", "kv": {"key": "L2E=", "mod_revision": "6"}},
              {"type": "PUT", "kv": {"key": "L2I=", "mod_revision": "7"}}]}
            """));
  }

  @Test
  void aMessageWithoutEventsTellsNothing() throws IOException {
    assertEquals(List.of(), changes("{\"header\":{\"revision\":\"9\"},\"created\":true}"));
    assertEquals(List.of(), changes("{\"events\":[]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"events\":7}",
        "{\"events\":[7]}",
        "{\"events\":[{\"kv\":[]}]}",
        "{\"events\":[{\"kv\":{\"key\":7.5}}]}",
        "{\"events\":[{\"type\":{},\"kv\":{}}]}",
        "{\"events\":[{\"type\":null,\"kv\":{}}]}",
        "{\"events\":[{\"type\":[\"PUT\",\"DELETE\"],\"kv\":{}}]}",
      })
  void anEventThatIsNoneEndsTheWatchAndNotItsThread(String result) {
    assertThrows(IOException.class, () -> changes(result));
  }

  @Test
  void aTransactionIsWrittenInOrder() {
    assertEquals(
        json(
            """
            {"compare": [
              {"key": "L2E=", "target": "VERSION", "result": "EQUAL", "version": "0"},
              {"key": "L2I=", "target": "VERSION", "result": "GREATER", "version": "0"},
              {"key": "L2Mv", "target": "VERSION", "result": "EQUAL", "version": "0",
               "range_end": "L2Mw"},
              {"key": "L2Q=", "target": "MOD", "result": "EQUAL", "mod_revision": "7"}],
             "success": [
              {"request_put": {"key": "L2E=", "value": "MQ==", "lease": "3"}},
              {"request_delete_range": {"key": "L2I="}}]}
            """),
        new Txn()
            .ifAbsent("/a")
            .ifPresent("/b")
            .ifNoneBelow("/c/")
            .ifUnchanged("/d", 7)
            .put("/a", "1", 3)
            .delete("/b")
            .toJson());
  }
}
