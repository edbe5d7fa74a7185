package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that go on: chunk streams, hijacked connections, clients that leave meanwhile. */
class StreamTest {
  private static final String UPGRADE =
      " HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n";
  private static final String RAW = "application/vnd.docker.raw-stream";

  @TempDir Path folder;

  /** Sends back what comes, and a farewell at the end of it. */
  private static void echo(Exchange exchange) throws IOException {
    Hijack hijack = exchange.hijack(RAW);
    hijack.input().transferTo(hijack.output());
    hijack.output().write("bye".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  void upgradedConnectionEchoesBehindAHalfClose() throws IOException {
    try (HttpFixture http =
            new HttpFixture(folder, new Router().add("POST", "/a", StreamTest::echo));
        RawClient client = http.connect()) {
      client.send("POST /a" + UPGRADE + "sent ahead,");
      assertEquals(
          String.join(
              "\r\n",
              "HTTP/1.1 101 UPGRADED",
              "Content-Type: application/vnd.docker.raw-stream",
              "Connection: Upgrade",
              "Upgrade: tcp",
              "",
              ""),
          client.head());
      assertEquals("sent ahead,", client.exactly(11));
      client.send("later");
      assertEquals("later", client.exactly(5));
      client.shutdownOutput();
      assertEquals("bye", client.rest());
    }
  }

  @Test
  void withoutUpgradeTheRawStreamIsAPlainAnswer() throws IOException {
    try (HttpFixture http =
            new HttpFixture(folder, new Router().add("POST", "/a", StreamTest::echo));
        RawClient client = http.connect()) {
      client.send("POST /a HTTP/1.1\r\nHost: docker\r\n\r\n");
      assertEquals("HTTP/1.1 200 OK\r\nContent-Type: " + RAW + "\r\n\r\n", client.head());
      client.shutdownOutput();
      assertEquals("bye", client.rest());
    }
  }

  @Test
  void bodyBeforeTheHijackIsNotPartOfTheStream() throws IOException {
    Router router =
        new Router()
            .add(
                "POST",
                "/a",
                x -> {
                  assertEquals("n", x.body(BadRequestTest.Body.class).name());
                  echo(x);
                });
    try (HttpFixture http = new HttpFixture(folder, router);
        RawClient client = http.connect()) {
      client.send(
          "POST /a HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
              + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"Name\":\"n\"}in");
      assertTrue(client.head().startsWith("HTTP/1.1 101 UPGRADED\r\n"));
      client.shutdownOutput();
      assertEquals("inbye", client.rest());
    }
  }

  @Test
  void everyObjectIsSentAtOnceAndTheConnectionGoesOn() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    Router router =
        new Router()
            .add(
                "GET",
                "/events",
                x -> {
                  ChunkedAnswer answer = x.stream(200, "application/json");
                  SlowClientTest.await(read);
                  answer.line(Map.of("n", 1));
                  answer.end();
                });
    try (HttpFixture http = new HttpFixture(folder, router);
        RawClient client = http.connect()) {
      client.send("GET /events HTTP/1.1\r\n\r\n");
      assertTrue(client.head().contains("Transfer-Encoding: chunked\r\n"), "head before the first");
      read.countDown();
      assertEquals("9\r\n{\"n\":1}\r\n\r\n0\r\n\r\n", client.exactly(19));
      client.send("GET /events HTTP/1.1\r\n\r\n");
      client.head();
      assertEquals("9\r\n{\"n\":1}\r\n\r\n0\r\n\r\n", client.exactly(19));
    }
  }

  /** Waits for the release or the client's leaving, whichever is first. */
  private static Router waiting(CountDownLatch begun, CountDownLatch over, AtomicInteger left) {
    return new Router()
        .add(
            "POST",
            "/wait",
            x -> {
              x.whenClientLeaves(
                  () -> {
                    left.incrementAndGet();
                    over.countDown();
                  });
              ChunkedAnswer answer = x.stream(200, "application/json");
              begun.countDown();
              SlowClientTest.await(over);
              answer.line(Map.of("StatusCode", 7));
              answer.end();
            });
  }

  @Test
  void leavingClientEndsTheWork() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger();
    try (HttpFixture http = new HttpFixture(folder, waiting(begun, over, left))) {
      try (RawClient client = http.connect()) {
        client.send("POST /wait HTTP/1.1\r\n\r\n");
        begun.await();
      }
      over.await();
      assertEquals(1, left.get());
    }
  }

  @Test
  void stayingClientMaySendItsNextRequestMeanwhile() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger();
    try (HttpFixture http = new HttpFixture(folder, waiting(begun, over, left));
        RawClient client = http.connect()) {
      client.send("POST /wait HTTP/1.1\r\n\r\n");
      begun.await();
      client.send("POST /wait HTT");
      over.countDown();
      String answer = "12\r\n{\"StatusCode\":7}\r\n\r\n0\r\n\r\n";
      client.head();
      assertEquals(answer, client.exactly(answer.length()));
      client.send("P/1.1\r\n\r\n");
      client.head();
      assertEquals(answer, client.exactly(answer.length()));
      assertEquals(0, left.get());
    }
  }

  @Test
  void closingTheServerEndsAStreamThatWouldNotEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger();
    HttpFixture http = new HttpFixture(folder, waiting(begun, over, left));
    try (RawClient client = http.connect()) {
      client.send("POST /wait HTTP/1.1\r\n\r\n");
      begun.await();
      http.close();
      over.await();
      client.head();
      assertEquals("", client.rest());
    }
  }
}
