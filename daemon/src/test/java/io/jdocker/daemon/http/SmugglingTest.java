package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a request ends is told in one way or not at all (RFC 9112, sections 6 and 11): what a proxy
 * could read otherwise is refused, and no part of a body is ever taken for a request.
 */
class SmugglingTest {
  @TempDir Path folder;
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private HttpFixture http;

  @BeforeEach
  void start() throws IOException {
    Router router =
        new Router()
            .add("GET", "/a", x -> x.text(200, "a"))
            .add("POST", "/body", this::keep)
            .add("GET", "/smuggled", this::smuggled)
            .add("DELETE", "/smuggled", this::smuggled);
    http = new HttpFixture(folder, router);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  private void keep(Exchange exchange) throws IOException {
    byte[] body = exchange.bodyStream().readAllBytes();
    handled.add(new String(body, StandardCharsets.ISO_8859_1));
    exchange.text(200, "kept");
  }

  private void smuggled(Exchange exchange) throws IOException {
    handled.add("smuggled");
    exchange.text(200, "smuggled");
  }

  /** Sends all of it, and gives everything that is answered until the server closes. */
  private String answers(String request) throws IOException {
    try (RawClient client = http.connect()) {
      client.send(request.replace("~", "\r\n"));
      client.shutdownOutput();
      return client.rest();
    }
  }

  @ParameterizedTest(name = "case {index}")
  @ValueSource(
      strings = {
        // Two lengths, in every way of giving them.
        "Content-Length: 4~Transfer-Encoding: chunked~~0~~GET /smuggled HTTP/1.1~~",
        "Transfer-Encoding: chunked~Content-Length: 4~~0~~GET /smuggled HTTP/1.1~~",
        "Content-Length: 0~Content-Length: 30~~GET /smuggled HTTP/1.1~~",
        "Content-Length: 0, 30~~GET /smuggled HTTP/1.1~~",
        "Content-Length: 30, 30~~GET /smuggled HTTP/1.1~~",
        // Lengths that some read as numbers.
        "Content-Length: +0~~GET /smuggled HTTP/1.1~~",
        "Content-Length: 0x0~~GET /smuggled HTTP/1.1~~",
        "Content-Length: 0 0~~GET /smuggled HTTP/1.1~~",
        "Content-Length: ~~GET /smuggled HTTP/1.1~~",
        "Content-Length: 99999999999999999999~~GET /smuggled HTTP/1.1~~",
        "Content-Length: zero~~GET /smuggled HTTP/1.1~~",
        // Codings beside chunked.
        "Transfer-Encoding: identity~~GET /smuggled HTTP/1.1~~",
        "Transfer-Encoding: chunked, identity~~0~~GET /smuggled HTTP/1.1~~",
        "Transfer-Encoding: gzip, chunked~~0~~GET /smuggled HTTP/1.1~~",
        "Transfer-Encoding: xchunked~~0~~GET /smuggled HTTP/1.1~~",
        "Transfer-Encoding: chunked~Transfer-Encoding: identity~~0~~GET /smuggled HTTP/1.1~~",
        // Names that hide the field from some.
        "Transfer-Encoding : chunked~~0~~GET /smuggled HTTP/1.1~~",
        "Content-Length : 0~~GET /smuggled HTTP/1.1~~",
        "Transfer-Encoding\u0000: chunked~~0~~GET /smuggled HTTP/1.1~~",
        "Content Length: 0~~GET /smuggled HTTP/1.1~~",
      })
  void whatCouldBeReadInTwoWaysIsRefused(String rest) throws IOException {
    String answers = answers("POST /body HTTP/1.1~Host: docker~" + rest);
    assertTrue(answers.startsWith("HTTP/1.1 400 "), answers);
    assertEquals(answers.indexOf("HTTP/1.1 "), answers.lastIndexOf("HTTP/1.1 "), answers);
    assertEquals(List.of(), handled);
  }

  @ParameterizedTest(name = "case {index}")
  @ValueSource(
      strings = {
        "-1~~GET /smuggled HTTP/1.1~~",
        "0x1~x~0~~",
        "1 1~x~0~~",
        "g~x~0~~",
        "~x~0~~",
        ";ext~x~0~~",
        "FFFFFFFFFFFFFFFFF~x~0~~",
        "8000000000000000~x~0~~",
        // The content is longer or shorter than was said.
        "1~xy~0~~GET /smuggled HTTP/1.1~~",
        "3~x~0~~GET /smuggled HTTP/1.1~~",
        "1~x0~~GET /smuggled HTTP/1.1~~",
      })
  void aChunkThatIsNoneEndsTheConnection(String chunks) throws IOException {
    String answers =
        answers("POST /body HTTP/1.1~Host: docker~Transfer-Encoding: chunked~~" + chunks);
    assertTrue(answers.isEmpty() || answers.startsWith("HTTP/1.1 400 "), answers);
    assertEquals(answers.indexOf("HTTP/1.1 "), answers.lastIndexOf("HTTP/1.1 "), answers);
    assertEquals(List.of(), handled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Length: 5~~hello                                        | hello
          content-length: 5~~hello                                        | hello
          CONTENT-LENGTH:5~~hello                                         | hello
          Content-Length:   5  ~~hello                                    | hello
          Content-Length: 0005~~hello                                     | hello
          Content-Length: 0~~                                             | ''
          Transfer-Encoding: chunked~~5~hello~0~~                         | hello
          Transfer-Encoding: Chunked~~5~hello~0~~                         | hello
          Transfer-Encoding: chunked~~2~he~3~llo~0~~                      | hello
          Transfer-Encoding: chunked~~00005~hello~0000~~                  | hello
          Transfer-Encoding: chunked~~5;a=b~hello~0;c~~                   | hello
          Transfer-Encoding: chunked~~A~0123456789~0~~                    | 0123456789
          Transfer-Encoding: chunked~~a~0123456789~0~~                    | 0123456789
          Transfer-Encoding: chunked~~5~hello~0~Trailer: x~~              | hello
          Transfer-Encoding: chunked~~0~~                                 | ''
          Content-Length: 26~~GET /smuggled HTTP/1.1~~                    | GET /smuggled HTTP/1.1~~
          """)
  void aBodyIsReadAsItWasSent(String rest, String body) throws IOException {
    String head = "POST /body HTTP/1.1~Host: docker~";
    // The next request on the same connection begins where the body ends.
    String answers = answers(head + rest + "GET /a HTTP/1.1~Host: docker~~");
    assertTrue(answers.endsWith("\r\n\r\na"), answers);
    assertEquals(1, handled.size(), handled.toString());
    assertEquals(body, handled.get(0).replace("\r\n", "~"));
  }

  @Test
  void requestsOneBehindTheOtherAreAnsweredInOrder() throws IOException {
    String post = "POST /body HTTP/1.1~Host: docker~Content-Length: 1~~";
    String answers = answers("GET /a HTTP/1.1~~" + post + "x" + post + "y" + "GET /a HTTP/1.1~~");
    assertEquals(List.of("x", "y"), handled);
    assertEquals(5, answers.split("HTTP/1.1 200 ", -1).length, answers);
  }

  @Test
  void aBodyThatNobodyReadIsNotTheNextRequest() throws IOException {
    String hidden = "GET /smuggled HTTP/1.1\r\n\r\n";
    String answers =
        answers(
            "GET /a HTTP/1.1~Content-Length: "
                + hidden.length()
                + "~~"
                + hidden
                + "POST /nowhere HTTP/1.1~Content-Length: "
                + hidden.length()
                + "~~"
                + hidden
                + "GET /a HTTP/1.1~~");
    assertEquals(List.of(), handled, answers);
    assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
  }

  @ParameterizedTest(name = "case {index}")
  @ValueSource(
      strings = {
        "",
        "G",
        "GET /smuggled",
        "GET /smuggled HTTP/1.1",
        "GET /smuggled HTTP/1.1~",
        "GET /smuggled HTTP/1.1~Host: docker",
        "GET /smuggled HTTP/1.1~Host: docker~",
        "POST /body HTTP/1.1~Content-Length: 10~~half",
        "POST /body HTTP/1.1~Transfer-Encoding: chunked~~5~he",
        "POST /body HTTP/1.1~Transfer-Encoding: chunked~~5~hello",
        "POST /body HTTP/1.1~Transfer-Encoding: chunked~~5~hello~",
      })
  void halfARequestDoesNothing(String half) throws IOException {
    String answers = answers(half);
    assertTrue(answers.isEmpty() || answers.startsWith("HTTP/1.1 400 "), answers);
    assertEquals(List.of(), handled);
    assertTrue(answers("GET /a HTTP/1.1~~").startsWith("HTTP/1.1 200 "), "the server goes on");
  }

  @ParameterizedTest(name = "case {index}")
  @ValueSource(
      strings = {
        "GET /a HTTP/2.0~~",
        "GET /a HTTP/1.1x~~",
        "GET /a http/1.1~~",
        "GET a HTTP/1.1~~",
        "GET /a\u0000b HTTP/1.1~~",
        "GET /smuggled\u000bHTTP/1.1~~",
        "G\u00c4T /a HTTP/1.1~~",
      })
  void aRequestLineThatIsNoneIsRefused(String request) throws IOException {
    String answers = answers(request);
    assertTrue(answers.matches("(?s)HTTP/1\\.1 (400|404) .*"), answers);
    assertEquals(List.of(), handled);
  }

  @Test
  void aClientThatExpectsToBeToldToGoOnIsTold() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("POST /body HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.head());
      client.send("ok");
      assertTrue(client.head().startsWith("HTTP/1.1 200 "));
      assertEquals(List.of("ok"), handled);
    }
  }

  @Test
  void oneThatIsNotToldToGoOnSendsNothing() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("POST /nowhere HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertTrue(client.head().startsWith("HTTP/1.1 404 "));
    }
  }

  @Test
  void anOldClientIsClosedAfterItsAnswer() throws IOException {
    String answers = answers("GET /a HTTP/1.0~~GET /smuggled HTTP/1.0~~");
    assertEquals(answers.indexOf("HTTP/1.1 200 "), answers.lastIndexOf("HTTP/1.1 200 "), answers);
    assertEquals(List.of(), handled);
  }
}
