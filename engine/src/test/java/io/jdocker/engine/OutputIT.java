package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.testing.EngineRoom;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logs and events as text, streams and publishers. */
class OutputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static EngineRoom room;

  @BeforeAll
  static void open() throws IOException {
    room = EngineRoom.open();
  }

  @AfterAll
  static void close() throws IOException {
    room.close();
  }

  private static ContainerRequest shell(String script) {
    return ContainerRequest.image("busybox")
        .command("sh", "-c", script)
        .network(NetworkJoin.of("none"))
        .build();
  }

  private static Container ended(String script) {
    Container container = room.engine().containers().start(shell(script));
    container.awaitExit(PATIENCE);
    return container;
  }

  /** Remembers what comes. */
  private static final class Collector<T> implements Flow.Subscriber<T> {
    private final BlockingQueue<T> items = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
      items.add(item);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(true);
    }
  }

  @Test
  void aLogIsReadInParts() {
    try (Container container = ended("echo one; echo two >&2; echo three")) {
      assertEquals(List.of("one", "three", "two"), container.logs().lines().sorted().toList());
      assertEquals("two\n", container.logs(LogRequest.everything().onlyStderr()));
      assertEquals("one\nthree\n", container.logs(LogRequest.everything().onlyStdout()));
      assertEquals(2, container.logs(LogRequest.everything().withTail(2)).lines().count());
      assertEquals(
          "", container.logs(LogRequest.everything().since(Instant.now().plusSeconds(60))));
      String timed = container.logs(LogRequest.everything().onlyStderr().withTimestamps());
      assertTrue(timed.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z two\n"), timed);
    }
  }

  @Test
  void aStreamThatFollowsEndsWithTheRun() throws IOException {
    try (Container container =
            room.engine()
                .containers()
                .start(shell("echo first; until [ -e /go ]; do sleep 0.02; done; echo last"));
        InputStream log = container.logStream(LogRequest.everything().following())) {
      assertEquals("first\n", new String(log.readNBytes(6), StandardCharsets.UTF_8));
      container.exec("touch", "/go");
      assertEquals("last\n", new String(log.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void bytesThatAreNoTextSurviveAnExec() throws IOException {
    try (Container container =
        room.engine()
            .containers()
            .create(
                ContainerRequest.image("busybox")
                    .command("printf", "\\001\\377\\000\\200")
                    .build())) {
      try (AttachedProcess process = container.attach()) {
        container.start();
        byte[] bytes = process.output().readAllBytes();
        assertEquals(List.of(1, 255, 0, 128), unsigned(bytes));
      }
    }
  }

  private static List<Integer> unsigned(byte[] bytes) {
    List<Integer> values = new ArrayList<>();
    for (byte b : bytes) {
      values.add(b & 0xff);
    }
    return values;
  }

  @Test
  void aPublisherGivesEachSubscriberTheWholeLog() throws Exception {
    try (Container container = ended("echo a; echo b >&2")) {
      Flow.Publisher<OutputChunk> publisher =
          container.logPublisher(LogRequest.everything().following());
      for (int i = 0; i < 2; i++) {
        Collector<OutputChunk> collector = new Collector<>();
        publisher.subscribe(collector);
        assertTrue(collector.end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(
            List.of("STDERR: b\n", "STDOUT: a\n"),
            collector.items.stream().map(OutputChunk::toString).sorted().toList());
      }
    }
  }

  @Test
  void whatHappensIsToldInOrder() throws Exception {
    Collector<EngineEvent> events = new Collector<>();
    room.engine().events().subscribe(events);
    Container container = ended("exit 6");
    container.close();
    List<String> actions = new ArrayList<>();
    EngineEvent event;
    do {
      event = events.items.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (event.id().equals(container.id())) {
        actions.add(event.action());
        if (event.action().equals("die")) {
          assertEquals("6", event.attributes().get("exitCode"));
        }
      }
    } while (!event.action().equals("destroy"));
    assertEquals(List.of("create", "start", "die", "destroy"), actions);
    assertEquals(EngineEvent.Kind.CONTAINER, event.kind());
    events.subscription.cancel();
  }

  @Test
  void eventsEndWithTheEngine() throws Exception {
    try (EngineRoom other = EngineRoom.open()) {
      Collector<EngineEvent> events = new Collector<>();
      other.engine().events().subscribe(events);
      other.engine().close();
      assertTrue(events.end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      other.reopen();
    }
  }
}
