package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.NotModified;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong: one line of JSON, the right status, and the server goes on. */
class BadRequestTest {
  record Body(String name) {}

  @TempDir Path folder;
  private HttpFixture http;

  @BeforeEach
  void start() throws IOException {
    Router router =
        new Router()
            .add("GET", "/ping", x -> x.text(200, "OK"))
            .add("POST", "/json", x -> x.text(200, x.body(Body.class).name()))
            .add("POST", "/raw", x -> x.text(200, "" + x.bodyStream().readAllBytes().length))
            .add("GET", "/missing", x -> fail(new NotFound("No such container: nope")))
            .add("GET", "/same", x -> fail(new NotModified("")))
            .add("GET", "/conflict", x -> fail(new Conflict("busy \"x\"")))
            .add("GET", "/kernel", x -> fail(new SyscallException("mount(\"a\")", 22)))
            .add("GET", "/bug", x -> fail(new IllegalStateException("oops")))
            .add("GET", "/half", BadRequestTest::half);
    http = new HttpFixture(folder, router);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private static void half(Exchange exchange) throws IOException {
    exchange.stream(200, "text/plain").write(new byte[] {'x'});
    throw new IllegalStateException("too late for a status");
  }

  private String ask(String request) throws IOException {
    try (RawClient client = http.connect()) {
      client.send(request);
      String head = client.head();
      return head.startsWith("HTTP/1.1 304")
          ? head.substring(9)
          : head.substring(9, 12) + " " + client.body(head);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "GET /missing, 404, No such container: nope",
        "GET /conflict, 409, busy \\\"x\\\"",
        "GET /kernel, 500, mount(\\\"a\\\"): EINVAL (Invalid argument)",
        "GET /nowhere, 404, page not found",
        "POST /ping, 404, page not found",
        "GET /v1.99/ping, 400, client version 1.99 is too new. Maximum supported API version is"
            + " 1.51",
        "GET /v1.20/ping, 400, `client version 1.20 is too old. Minimum supported API version is"
            + " 1.24, please upgrade your client to a newer version`",
        "GET /ping?a=%zz, 400, invalid URL escape in \\\"%zz\\\"",
      })
  void failureIsAStatusAndOneLine(String request, int status, String message) throws IOException {
    assertEquals(
        status + " {\"message\":\"" + message + "\"}\n", ask(request + " HTTP/1.1\r\n\r\n"));
  }

  @Test
  void notModifiedHasNoBody() throws IOException {
    assertTrue(ask("GET /same HTTP/1.1\r\n\r\n").startsWith("304 Not Modified\r\n"));
  }

  @Test
  void aBugNamesItsPlaceAndIsNoStackTrace() throws IOException {
    String answer = ask("GET /bug HTTP/1.1\r\n\r\n");
    assertTrue(answer.startsWith("500 {\"message\":\"internal error, please report it: "), answer);
    assertTrue(answer.contains("oops at io.jdocker.daemon.http.BadRequestTest"), answer);
    assertFalse(answer.contains("\\n"), answer);
  }

  @Test
  void anAnswerThatBreaksOffIsCutWithoutTheLastChunk() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("GET /half HTTP/1.1\r\n\r\n");
      assertTrue(client.head().contains("Transfer-Encoding: chunked\r\n"));
      assertEquals("1\r\nx\r\n", client.rest());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002garbage\r\n\r\n",
        "GET\r\n\r\n",
        "GET /ping\r\n\r\n",
        "GET /ping HTTP/9.9\r\n\r\n",
        "GET /ping HTTP/1.1\r\nno colon here\r\n\r\n",
        "POST /raw HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /raw HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /raw HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /raw HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST /raw HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      })
  void whatIsNotHttpIsRefusedAndClosed(String request) throws IOException {
    try (RawClient client = http.connect()) {
      client.send(request);
      String head = client.head();
      assertTrue(head.startsWith("HTTP/1.1 400 Bad Request\r\n"), head);
      assertTrue(head.contains("Connection: close\r\n"), head);
      assertTrue(client.rest().startsWith("{\"message\":\""));
    }
    assertEquals("200 OK", ask("GET /ping HTTP/1.1\r\n\r\n"));
  }

  @Test
  void tooLargeHeadIsRefused() throws IOException {
    assertTrue(ask("GET /ping?" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n").startsWith("431 "));
    assertTrue(ask("GET /ping HTTP/1.1\r\n" + "A: b\r\n".repeat(30) + "\r\n").startsWith("431 "));
  }

  @Test
  void tooLargeDocumentIsRefusedAndALargeStreamIsNot() throws IOException {
    String length = "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n";
    String body = "{\"a\":\"" + "x".repeat(4992) + "\"}";
    assertEquals(
        "400 {\"message\":\"request body is larger than 1000 bytes\"}\n",
        ask("POST /json HTTP/1.1\r\n" + length + body));
    assertEquals("200 5000", ask("POST /raw HTTP/1.1\r\n" + length + body));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "application/json|{\"NAME\":\"x\"}|200 x",
        "application/json; charset=utf-8|{\"name\":null,\"y\":[1]}|200 ``",
        "text/plain|{}|400 {\"message\":\"Content-Type specified (text/plain) must be"
            + " 'application/json'\"}",
        "application/json||400 {\"message\":\"invalid JSON: got EOF while reading request body\"}",
        "application/json|{} {}|400 {\"message\":\"invalid JSON:",
        "application/json|{\"name\":|400 {\"message\":\"invalid JSON: ",
        "application/json|[]|400 {\"message\":\"invalid JSON: ",
        "application/json|nonsense|400 {\"message\":\"invalid JSON: ",
      })
  void documentMustBeJson(String type, String body, String expected) throws IOException {
    String content = body == null ? "" : body;
    String answer =
        ask(
            "POST /json HTTP/1.1\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + content.length()
                + "\r\n\r\n"
                + content);
    assertTrue(answer.startsWith(expected.replace("``", "")), answer);
  }
}
