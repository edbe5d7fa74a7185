package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class LogReaderTest {
  private static final LogQuery ALL = LogQuery.everything();

  private final SettableClock clock = new SettableClock("2026-01-02T15:04:00Z");
  @TempDir Path dir;
  private Path file;
  private JsonFileLog log;

  @BeforeEach
  void open() {
    file = dir.resolve("log");
    log = new JsonFileLog(file, clock, Map.of("b", "x,y", "a", "1"));
  }

  @Test
  void whatWasWrittenComesBack() throws InterruptedException {
    write("one <é>\n");
    write(Chunk.STDERR, "two\n");
    LogReader reader = LogReader.open(file, ALL, LogProgress.ended(), clock);
    Chunk first = reader.take().orElseThrow();
    assertEquals(Chunk.STDOUT, first.stream());
    assertEquals("one <é>\n", Processes.text(first));
    assertTrue(reader.isReady());
    Chunk second = reader.take().orElseThrow();
    assertEquals(Chunk.STDERR, second.stream());
    assertEquals("two\n", Processes.text(second));
    assertFalse(reader.isReady());
    assertEquals(Optional.empty(), reader.take());
    reader.close();
  }

  @Test
  void aLogThatWasNeverWrittenIsEmpty() {
    assertEquals("", read(ALL));
  }

  @Test
  void oneStreamAlone() {
    write("out\n");
    write(Chunk.STDERR, "err\n");
    assertEquals("err\n", read(query(false, true, "", "", false, false)));
    assertEquals("out\n", read(query(true, false, "", "", false, false)));
  }

  @Test
  void sinceAndUntilAreInclusive() {
    for (int second = 0; second < 5; second++) {
      clock.set("2026-01-02T15:04:0" + second + ".5Z");
      write(second + "\n");
    }
    String from = "2026-01-02T15:04:01.5Z";
    String to = "2026-01-02T15:04:03.5Z";
    assertEquals("1\n2\n3\n4\n", read(query(true, true, from, "", false, false)));
    assertEquals("0\n1\n2\n3\n", read(query(true, true, "", to, false, false)));
    assertEquals("1\n2\n3\n", read(query(true, true, from, to, false, false)));
  }

  @Test
  void timesHaveNineDigitsAndDetailsAreEscaped() {
    clock.set("2026-01-02T15:04:05.12Z");
    write("text\n");
    assertEquals(
        "2026-01-02T15:04:05.120000000Z text\n", read(query(true, true, "", "", true, false)));
    assertEquals(
        "2026-01-02T15:04:05.120000000Z a=1,b=x%2Cy text\n",
        read(query(true, true, "", "", true, true)));
  }

  @Test
  void aLongLineIsJoinedAndHasItsTimeOnce() {
    clock.set("2026-01-02T15:04:05Z");
    String line = "x".repeat(40_000) + "\n";
    write(line + "next\n");
    String time = "2026-01-02T15:04:05.000000000Z ";
    assertEquals(time + line + time + "next\n", read(query(true, true, "", "", true, false)));
  }

  @Test
  void brokenRecordsAreLeftOut() throws IOException {
    write("one\n");
    Files.writeString(file, "{\"log\":\"to\nrubbish\n\n{\"a\":1}\n", StandardOpenOption.APPEND);
    Files.write(file, new byte[5000], StandardOpenOption.APPEND); // zeros, as after a power cut
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
    write("two\n");
    Files.writeString(file, "{\"log\":\"torn", StandardOpenOption.APPEND);
    assertEquals("one\ntwo\n", read(ALL));
  }

  @Test
  void aFollowerGetsWhatIsWrittenAndEndsWithTheRun() {
    write("before\n");
    CompletableFuture<String> follower = follow(ALL.following());
    write("after\n");
    write("unfinished");
    log.close();
    assertEquals("before\nafter\nunfinished", follower.join());
  }

  @Test
  void aFollowerMayComeBeforeTheFileAndThenGetsAllOfIt() {
    CompletableFuture<String> follower = follow(ALL.following().withTail(0));
    write("first\n");
    log.close();
    assertEquals("first\n", follower.join());
  }

  @Test
  void aFollowerWithTailZeroGetsTheNewAlone() {
    write("old\n");
    CompletableFuture<String> follower = follow(ALL.withTail(0).following());
    write("new\n");
    log.close();
    assertEquals("new\n", follower.join());
  }

  @Test
  void aFollowerIsReleasedByClose() {
    LogReader reader = LogReader.open(file, ALL.following(), log.progress(), clock);
    CompletableFuture<String> follower = take(reader);
    reader.close();
    assertEquals("", follower.join());
  }

  @Test
  void aFollowerEndsWhenItsTimeIsOver() {
    LogQuery query =
        new LogQuery(
            true,
            true,
            Optional.empty(),
            Optional.of(Instant.parse("2026-01-02T15:04:00.001Z")),
            OptionalLong.empty(),
            false,
            false,
            true);
    write("line\n");
    CompletableFuture<String> follower = follow(query);
    clock.set("2026-01-02T15:05:00Z");
    assertEquals("line\n", follower.join());
  }

  private LogQuery query(
      boolean out, boolean err, String since, String until, boolean times, boolean details) {
    return new LogQuery(
        out,
        err,
        since.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(since)),
        until.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(until)),
        OptionalLong.empty(),
        times,
        details,
        false);
  }

  private String read(LogQuery query) {
    return take(LogReader.open(file, query, LogProgress.ended(), clock)).join();
  }

  private CompletableFuture<String> follow(LogQuery query) {
    return take(LogReader.open(file, query, log.progress(), clock));
  }

  private static CompletableFuture<String> take(LogReader reader) {
    return CompletableFuture.supplyAsync(
        () -> {
          StringBuilder all = new StringBuilder();
          try (reader) {
            for (Optional<Chunk> next = reader.take(); next.isPresent(); next = reader.take()) {
              all.append(Processes.text(next.get()));
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return all.toString();
        });
  }

  private void write(String text) {
    write(Chunk.STDOUT, text);
  }

  private void write(int stream, String text) {
    byte[] bytes = Processes.utf8(text);
    log.write(stream, bytes, 0, bytes.length);
  }
}
