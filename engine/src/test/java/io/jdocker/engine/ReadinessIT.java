package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.testing.EngineRoom;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each condition, met late, and not at all. */
class ReadinessIT {
  private static final String SERVER =
      "sleep 0.1; echo starting; httpd -p 8080 -h /www; echo up; exec sleep 600";
  private static final Duration SHORT = Duration.ofMillis(150);

  private static EngineRoom room;

  @BeforeAll
  static void open() throws IOException {
    room = EngineRoom.open();
  }

  @AfterAll
  static void close() throws IOException {
    room.close();
  }

  private static Container start(String script) {
    return room.engine()
        .containers()
        .start(
            ContainerRequest.image("busybox")
                .command("sh", "-c", script)
                .port(8080)
                .health(
                    HealthCheck.command("wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/")
                        .every(Duration.ofMillis(50)))
                .build());
  }

  static Stream<Readiness> conditions() {
    return Stream.of(
        Readiness.listening(8080),
        Readiness.log("^up"),
        Readiness.log("(starting|up)", 2),
        Readiness.http(8080, "/index.html"),
        Readiness.http(8080, "/missing", 404),
        Readiness.healthy(),
        Readiness.exec("wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"),
        Readiness.log("up").and(Readiness.listening(8080)).and(Readiness.started()));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void isWaitedFor(Readiness readiness) {
    try (Container container = start(SERVER)) {
      container.await(readiness);
      assertEquals(
          0, container.exec("grep", "-q", ":1F90", "/proc/net/tcp", "/proc/net/tcp6").exitCode());
    }
  }

  static Stream<Arguments> shortfalls() {
    return Stream.of(
        Arguments.of(Readiness.listening(9), "nothing in it listens on port 9/tcp"),
        Arguments.of(Readiness.log("never"), "no line of its log matches \"never\""),
        Arguments.of(Readiness.log("note", 3), "1 of 3 lines of its log match \"note\""),
        Arguments.of(
            Readiness.http(8080, "/"), "GET / on port 8080/tcp is not answered with 200: "),
        Arguments.of(Readiness.healthy(), "its health is \""),
        Arguments.of(Readiness.exec("false"), "\"false\" does not succeed in it: exit code 1"),
        Arguments.of(Readiness.completed(), "it has not ended with exit code 0"));
  }

  @ParameterizedTest
  @MethodSource("shortfalls")
  void whatIsMissingIsToldWithTheLastLines(Readiness readiness, String missing) {
    try (Container container = start("echo a note; exec sleep 600")) {
      container.await(Readiness.log("note"));
      Unavailable late =
          assertThrows(Unavailable.class, () -> container.await(readiness.within(SHORT)));
      assertTrue(late.getMessage().contains(missing), late.getMessage());
      assertTrue(late.getMessage().contains("(waited for 150 ms)"), late.getMessage());
      assertTrue(late.getMessage().endsWith("The last it wrote:\na note\n"), late.getMessage());
    }
  }

  @Test
  void oneThatHasEndedIsNotWaitedFor() {
    try (Container container = start("echo cannot find my data >&2; exit 9")) {
      Unavailable ended =
          assertThrows(Unavailable.class, () -> container.await(Readiness.listening(8080)));
      assertTrue(ended.getMessage().contains("it has ended with exit code 9"), ended.getMessage());
      assertTrue(ended.getMessage().endsWith("cannot find my data\n"), ended.getMessage());
    }
  }

  @Test
  void whatATaskWroteBeforeItsEndCounts() {
    try (Container container = start("echo migrated")) {
      container.await(Readiness.log("migrated").and(Readiness.completed()));
    }
  }

  @Test
  void aTaskThatFailedHasNotCompleted() {
    try (Container container = start("exit 1")) {
      assertThrows(Unavailable.class, () -> container.await(Readiness.completed()));
    }
  }

  @Test
  void aServerForItselfAloneIsNotReady() {
    try (Container container = start("httpd -p 127.0.0.1:8080; echo up; exec sleep 600")) {
      container.await(Readiness.log("up"));
      assertThrows(
          Unavailable.class, () -> container.await(Readiness.listening(8080).within(SHORT)));
    }
  }

  @Test
  void aLineOfSeveralRecordsIsOne() {
    // The log cuts lines after 16 KiB.
    String script = "head -c 16380 /dev/zero | tr '\\0' x; echo 'x ready'; exec sleep 600";
    try (Container container = start(script)) {
      container.await(Readiness.log("xxxxxx ready"));
    }
  }

  @Test
  void aThreadThatIsInterruptedStopsWaiting() throws Exception {
    try (Container container = start("exec sleep 600")) {
      List<Throwable> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
      Thread waiter =
          new Thread(
              () -> {
                try {
                  container.await(Readiness.healthy());
                } catch (Unavailable e) {
                  seen.add(e);
                }
              });
      waiter.start();
      waiter.interrupt();
      waiter.join(60_000);
      assertEquals(1, seen.size());
    }
  }
}
