package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads at their limits and beyond, and documents that are huge or deep. */
class HeaderFloodTest {
  private static final int LINE = HttpFixture.LIMITS.lineBytes();
  private static final int HEADERS = HttpFixture.LIMITS.headers();
  private static final int DOCUMENT = HttpFixture.LIMITS.documentBytes();

  @TempDir Path folder;
  private HttpFixture http;

  record Body(String name, List<String> words) {}

  @BeforeEach
  void start() throws IOException {
    Router router =
        new Router()
            .add("GET", "/ping", x -> x.text(200, "OK"))
            .add("POST", "/json", x -> x.json(200, x.body(Body.class)));
    http = new HttpFixture(folder, router);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  private String ask(String request) throws IOException {
    try (RawClient client = http.connect()) {
      client.send(request);
      String head = client.head();
      return head.substring(9, 12) + " " + client.body(head);
    }
  }

  private String json(String body) throws IOException {
    return ask(
        "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @ParameterizedTest
  @CsvSource({"-100, 200", "1, 431", "100, 431", "4096, 431"})
  void aRequestLineAtItsLimit(int beyond, int status) throws IOException {
    String start = "GET /ping?a=";
    String end = " HTTP/1.1";
    int fill = LINE + beyond - start.length() - end.length();
    String answer = ask(start + "x".repeat(fill) + end + "\r\nHost: x\r\n\r\n");
    assertTrue(answer.startsWith(status + " "), answer);
  }

  @ParameterizedTest
  @CsvSource({"-100, 200", "1, 431", "4096, 431"})
  void aFieldAtItsLimit(int beyond, int status) throws IOException {
    String field = "A: " + "x".repeat(LINE + beyond - 3);
    String answer = ask("GET /ping HTTP/1.1\r\nHost: x\r\n" + field + "\r\n\r\n");
    assertTrue(answer.startsWith(status + " "), answer);
  }

  @ParameterizedTest
  @CsvSource({"-1, 200", "1, 431", "20, 431"})
  void fieldsAtTheirLimit(int beyond, int status) throws IOException {
    String fields = "A: b\r\n".repeat(HEADERS + beyond - 1);
    String answer = ask("GET /ping HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
    assertTrue(answer.startsWith(status + " "), answer);
  }

  @Test
  void aFloodThatIsCutOffLeavesTheServerAsItWas() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = http.connect()) {
        client.send("GET /ping HTTP/1.1\r\n" + "A: b\r\n".repeat(HEADERS + 5));
        assertTrue(client.head().startsWith("HTTP/1.1 431 "));
      }
    }
    assertEquals("200 OK", ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"-1, 200", "0, 200", "1, 400", "100, 400"})
  void aDocumentAtItsLimitByItsLength(int beyond, int status) throws IOException {
    String start = "{\"name\":\"";
    String end = "\"}";
    int size = DOCUMENT + beyond;
    String body = start + "x".repeat(size - start.length() - end.length()) + end;
    String request =
        "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            + size
            + "\r\n\r\n";
    String answer = ask(request + body);
    assertTrue(answer.startsWith(status + " "), answer);
    if (status == 400) {
      assertEquals(
          "400 {\"message\":\"request body is larger than " + DOCUMENT + " bytes\"}\n", answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4294967296", "2147483648", "2147483647"})
  void aLengthBeyondAnyMemoryIsReadNoFurtherThanTheLimit(String length) throws IOException {
    try (RawClient client = http.connect()) {
      client.send(
          "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
              + length
              + "\r\n\r\n"
              + "[".repeat(DOCUMENT + 1));
      client.shutdownOutput();
      String head = client.head();
      assertTrue(head.startsWith("HTTP/1.1 400 "), head);
      assertEquals(
          "{\"message\":\"request body is larger than " + DOCUMENT + " bytes\"}\n",
          client.body(head));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"words\":[", "{\"name\":["})
  void aDeepDocumentIsAMistake(String open) throws IOException {
    String body = open.repeat((DOCUMENT - 1) / open.length());
    String answer = json(body);
    assertTrue(answer.startsWith("400 {\"message\":\"invalid JSON: "), answer);
    assertEquals("200 OK", ask("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"x\",\"name\":\"y\"} | \"name\":\"y\"",
        "{\"name\":\"\\u00e9\"} | \"name\":\"",
        "{\"other\":{\"deep\":[1,{\"a\":2}]},\"name\":\"x\"} | \"name\":\"x\"",
        "{\"words\":[\"a\",\"\"]} | \"words\":[\"a\",\"\"]",
      })
  void whatIsOddButJsonIsRead(String body, String shown) throws IOException {
    String answer = json(body);
    assertTrue(answer.startsWith("200 "), answer);
    assertTrue(
        answer.replace("\"Name\"", "\"name\"").replace("\"Words\"", "\"words\"").contains(shown),
        answer);
  }
}
