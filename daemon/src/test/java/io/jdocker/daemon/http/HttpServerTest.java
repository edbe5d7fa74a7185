package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole requests and answers on one connection. */
class HttpServerTest {
  private static final String HOST = "Host: docker\r\n";

  @TempDir Path folder;
  private HttpFixture http;

  @BeforeEach
  void start() throws IOException {
    Router router =
        new Router()
            .add("GET", "/ping", x -> x.text(200, "OK"))
            .add("HEAD", "/ping", x -> x.text(200, "OK"))
            .add("POST", "/empty", x -> x.empty(204))
            .add("POST", "/echo", HttpServerTest::echo)
            .add("POST", "/ignore", x -> x.json(200, Map.of("read", false)))
            .add("GET", "/version", x -> x.text(200, x.version().toString()));
    http = new HttpFixture(folder, router);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  private static void echo(Exchange exchange) throws IOException {
    byte[] body = exchange.bodyStream().readAllBytes();
    exchange.text(200, new String(body, StandardCharsets.ISO_8859_1));
  }

  @Test
  void answerIsTheseBytes() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("GET /ping HTTP/1.1\r\n" + HOST + "\r\n");
      assertEquals(
          String.join(
              "\r\n",
              "HTTP/1.1 200 OK",
              "Api-Version: 1.51",
              "Content-Type: text/plain; charset=utf-8",
              "Content-Length: 2",
              "",
              ""),
          client.head());
      assertEquals("OK", client.exactly(2));
    }
  }

  @Test
  void headHasNoBodyAndNoContentHasNoLength() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("HEAD /ping HTTP/1.1\r\n" + HOST + "\r\n");
      assertTrue(client.head().contains("Content-Length: 0\r\n"));
      client.send("POST /empty HTTP/1.1\r\n" + HOST + "\r\n");
      assertEquals("HTTP/1.1 204 No Content\r\nApi-Version: 1.51\r\n\r\n", client.head());
      client.send("GET /ping HTTP/1.1\r\n" + HOST + "\r\n");
      assertEquals("OK", client.body(client.head()));
    }
  }

  @Test
  void requestsSentAheadAreAnsweredInOrder() throws IOException {
    try (RawClient client = http.connect()) {
      client.send(
          "POST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\none"
              + "GET /v1.32/version HTTP/1.1\r\n\r\nPOST /ignore HTTP/1.1\r\n"
              + "Content-Length: 5\r\n\r\nthreeGET /ping HTTP/1.1\r\n\r\n");
      assertEquals("one", client.body(client.head()));
      assertEquals("1.32", client.body(client.head()));
      assertEquals("{\"read\":false}\n", client.body(client.head()));
      assertEquals("OK", client.body(client.head()));
    }
  }

  @Test
  void chunkedBodyIsJoined() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      client.send("2;name=value\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
      assertEquals("abcde", client.body(client.head()));
      client.send("GET /ping HTTP/1.1\r\n\r\n");
      assertEquals("OK", client.body(client.head()));
    }
  }

  @Test
  void clientIsToldToContinueOnlyWhenTheBodyIsRead() throws IOException {
    String expect = " HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    try (RawClient client = http.connect()) {
      client.send("POST /echo" + expect);
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.head());
      client.send("hi");
      assertEquals("hi", client.body(client.head()));
      client.send("POST /ignore" + expect);
      assertEquals("{\"read\":false}\n", client.body(client.head()));
      assertEquals("", client.rest(), "closed, as the body may or may not follow");
    }
  }

  @Test
  void connectionEndsWhenTheClientAsksForIt() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertTrue(client.head().contains("Connection: close\r\n"));
      assertEquals("OK", client.rest());
    }
    try (RawClient client = http.connect()) {
      client.send("GET /ping HTTP/1.0\r\n\r\n");
      assertTrue(client.head().startsWith("HTTP/1.1 200 OK\r\n"));
      assertEquals("OK", client.rest());
    }
  }

  @Test
  void anAbsoluteTargetIsItsPath() throws IOException {
    try (RawClient client = http.connect()) {
      client.send("GET http://localhost/v1.40/version?x=1 HTTP/1.1\r\n\r\n");
      assertEquals("1.40", client.body(client.head()));
    }
  }

  @Test
  void socketIsForRootAndItsGroupAndGoesWithTheServer() throws IOException {
    assertEquals(
        "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(http.socket())));
    http.close();
    assertFalse(Files.exists(http.socket()));
  }

  @Test
  void aStaleSocketIsReplaced() throws IOException {
    Path socket = folder.resolve("stale");
    Files.createFile(socket);
    Router router = new Router().add("GET", "/ping", x -> x.text(200, "new"));
    try (HttpServer server =
            HttpServer.start(
                List.of(ChannelListener.unix(socket)),
                router,
                new io.jdocker.daemon.json.Json(),
                HttpFixture.LIMITS,
                Map.of());
        RawClient client = new RawClient(socket)) {
      client.send("GET /ping HTTP/1.1\r\n\r\n");
      assertEquals("new", client.body(client.head()));
      assertFalse(server.isClosed());
    }
  }
}
