package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that vanish in every phase of a request, and so many at once: the others are served. */
class VanishingClientTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final int MOST = 8;

  /** More clients than may be connected: one that is not forgotten keeps a later one out. */
  private static final int ROUNDS = 3 * MOST;

  @TempDir Path folder;
  private HttpFixture http;
  private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

  record Body(String name) {}

  @BeforeEach
  void start() throws IOException {
    Router router =
        new Router()
            .add("GET", "/ping", x -> x.text(200, "OK"))
            .add("POST", "/json", x -> x.text(200, x.body(Body.class).name()))
            .add("POST", "/raw", x -> x.text(200, "" + x.bodyStream().readAllBytes().length))
            .add("GET", "/much", this::much);
    HttpLimits limits = new HttpLimits(4096, 20, 100_000, MOST, Duration.ofMinutes(5));
    http = new HttpFixture(folder, router, limits);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  /** Writes until nobody takes it any more. */
  private void much(Exchange exchange) throws IOException {
    try {
      ChunkedAnswer out = exchange.stream(200, "text/plain");
      byte[] piece = new byte[64 << 10];
      while (true) {
        out.write(piece);
      }
    } catch (IOException gone) {
      ended.add("gone");
      throw gone;
    }
  }

  private String ping() {
    try (RawClient client = http.connect()) {
      client.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
      return client.body(client.head());
    } catch (IOException e) {
      return "closed before it was asked: " + e;
    }
  }

  /** A connection is given up a moment after its client has left, not at once. */
  private String pingWhenThereIsRoom() {
    String answer = "";
    for (int attempt = 0; attempt < 1000 && !answer.equals("OK"); attempt++) {
      answer = ping();
    }
    return answer;
  }

  @ParameterizedTest(name = "case {index}")
  @ValueSource(
      strings = {
        "",
        "G",
        "GET ",
        "GET /ping",
        "GET /ping HTTP/1.1",
        "GET /ping HTTP/1.1\r",
        "GET /ping HTTP/1.1\r\n",
        "GET /ping HTTP/1.1\r\nHost",
        "GET /ping HTTP/1.1\r\nHost: x\r\n",
        "GET /ping HTTP/1.1\r\nHost: x\r\n\r",
        "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /ping HTTP/1.1\r\nHost: x\r\n\r\nGET /pi",
        "POST /raw HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n",
        "POST /raw HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab",
        "POST /raw HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
        "POST /raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r",
        "POST /raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "POST /raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
        "POST /raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n",
        "POST /raw HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
        "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 9\r\n\r\n{\"na",
        "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
        "garbage\r\n\r\n",
      })
  void whereverAClientVanishesItsPlaceIsFreeAgain(String sent) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      try (RawClient client = http.connect()) {
        sendToWhoeverStillListens(client, sent);
      }
    }
    assertEquals("OK", pingWhenThereIsRoom());
  }

  /**
   * While all places are taken a further client is told so and closed, maybe before it has sent.
   */
  private static void sendToWhoeverStillListens(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      assertTrue(
          String.valueOf(e.getMessage()).contains("Broken pipe")
              || String.valueOf(e.getMessage()).contains("reset"),
          e.toString());
    }
  }

  @Test
  void oneThatLeavesInTheMiddleOfAnAnswerEndsTheWork() throws Exception {
    for (int i = 0; i < MOST; i++) {
      try (RawClient client = http.connect()) {
        client.send("GET /much HTTP/1.1\r\nHost: x\r\n\r\n");
        assertTrue(client.head().startsWith("HTTP/1.1 200 OK\r\n"));
        client.exactly(100);
      }
      assertEquals("gone", ended.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    assertEquals("OK", pingWhenThereIsRoom());
  }

  @Test
  void oneThatReadsNothingHoldsUpNobody() throws Exception {
    try (RawClient stuck = http.connect()) {
      stuck.send("GET /much HTTP/1.1\r\nHost: x\r\n\r\n");
      assertTrue(stuck.head().startsWith("HTTP/1.1 200 OK\r\n"));
      for (int i = 0; i < ROUNDS; i++) {
        assertEquals("OK", pingWhenThereIsRoom());
      }
    }
    assertEquals("gone", ended.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void aRequestByteByByteIsARequest() throws IOException {
    String request =
        "POST /raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    try (RawClient client = http.connect()) {
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
      }
      assertEquals("3", client.body(client.head()));
    }
  }

  @Test
  void aThousandIdleConnectionsKeepNobodyOut() throws IOException {
    Deque<RawClient> idle = new ArrayDeque<>();
    try {
      for (int i = 0; i < 1000; i++) {
        idle.add(http.connect());
        if (idle.size() > 2 * MOST) {
          idle.remove().close(); // twice the places, and not a thousand descriptors
        }
        if (i % 100 == 99) {
          assertEquals("OK", pingWhenThereIsRoom());
        }
      }
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
    assertEquals("OK", pingWhenThereIsRoom());
  }

  @Test
  void manyAtOnceAreAllAnswered() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < MOST / 2; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (RawClient client = http.connect()) {
                  begin.await();
                  for (int request = 0; request < 50; request++) {
                    client.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
                    answers.add(client.body(client.head()));
                  }
                } catch (IOException | InterruptedException e) {
                  answers.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(50 * MOST / 2, answers.size());
    answers.forEach(answer -> assertEquals("OK", answer));
  }
}
