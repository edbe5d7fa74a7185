package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold on to what they are given. */
class SlowClientTest {
  private static final HttpLimits HASTY = new HttpLimits(4096, 20, 1000, 2, Duration.ofMillis(100));

  @TempDir Path folder;

  private static Router router() {
    return new Router()
        .add("GET", "/ping", x -> x.text(200, "OK"))
        .add("POST", "/json", x -> x.json(200, x.body(BadRequestTest.Body.class)));
  }

  @Test
  void aHeadThatNeverEndsIsCutOff() throws IOException {
    try (HttpFixture http = new HttpFixture(folder, router(), HASTY);
        RawClient client = http.connect()) {
      client.send("GET /ping HTTP/1.1\r\nA: ");
      assertEquals("", client.rest());
    }
  }

  @Test
  void aDocumentThatNeverEndsIsCutOff() throws IOException {
    try (HttpFixture http = new HttpFixture(folder, router(), HASTY);
        RawClient client = http.connect()) {
      client.send("POST /json HTTP/1.1\r\nContent-Type: application/json\r\n");
      client.send("Content-Length: 10\r\n\r\n{");
      assertEquals("", client.rest());
    }
  }

  @Test
  void anIdleConnectionHasNoDeadlineOfItsOwnButMakesRoom() throws IOException {
    try (HttpFixture http = new HttpFixture(folder, router(), HASTY);
        RawClient first = http.connect()) {
      first.send("GET /ping HTTP/1.1\r\n\r\n");
      assertEquals("OK", first.body(first.head()));
      try (RawClient second = http.connect()) {
        second.send("GET /ping HTTP/1.1\r\n\r\n");
        assertEquals("OK", second.body(second.head()));
        assertEquals("OK", askUntilThereIsRoom(http));
        assertEquals("", first.rest(), "the longest idle of three made room for the third");
      }
    }
  }

  /** A connection is idle a moment after its client has read the answer, not at once. */
  private static String askUntilThereIsRoom(HttpFixture http) throws IOException {
    String answer = "";
    for (int attempt = 0; attempt < 100 && !answer.equals("OK"); attempt++) {
      try (RawClient client = http.connect()) {
        client.send("GET /ping HTTP/1.1\r\n\r\n");
        answer = client.body(client.head());
      }
    }
    return answer;
  }

  @Test
  void whenAllAreBusyAFurtherClientIsToldSo() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    Router router =
        new Router()
            .add(
                "GET",
                "/work",
                x -> {
                  begun.countDown();
                  await(release);
                  x.text(200, "done");
                });
    try (HttpFixture http = new HttpFixture(folder, router, HASTY);
        RawClient first = http.connect();
        RawClient second = http.connect()) {
      first.send("GET /work HTTP/1.1\r\n\r\n");
      second.send("GET /work HTTP/1.1\r\n\r\n");
      begun.await();
      try (RawClient third = http.connect()) {
        String head = third.head();
        assertTrue(head.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), head);
        assertEquals("{\"message\":\"too many connections; the limit is 2\"}\n", third.body(head));
      }
      release.countDown();
      assertEquals("done", first.body(first.head()));
      assertEquals("done", second.body(second.head()));
    }
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
