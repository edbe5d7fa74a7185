package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonFileLogTest {
  private final SettableClock clock = new SettableClock("2026-01-02T15:04:05.120Z");
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = dir.resolve("abc-json.log");
  }

  @Test
  void theRecordsAreDockers() throws IOException {
    try (JsonFileLog log = open()) {
      write(log, Chunk.STDOUT, "hello <b>\n\n");
      clock.set("2026-01-02T15:04:06Z");
      write(log, Chunk.STDERR, "\ttab \"quoted\"\r\n");
    }
    assertEquals(
        """
        {"log":"hello \\u003cb\\u003e\\n","stream":"stdout","time":"2026-01-02T15:04:05.12Z"}
        {"log":"\\n","stream":"stdout","time":"2026-01-02T15:04:05.12Z"}
        {"log":"\\u0009tab \\"quoted\\"\\r\\n","stream":"stderr","time":"2026-01-02T15:04:06Z"}
        """,
        Files.readString(file));
  }

  @Test
  void attributesStandBeforeTheTime() throws IOException {
    try (JsonFileLog log = new JsonFileLog(file, clock, Map.of("tag", "a\"b", "label", "x"))) {
      write(log, Chunk.STDOUT, "a\n");
    }
    assertEquals(
        "{\"log\":\"a\\n\",\"stream\":\"stdout\",\"attrs\":{\"label\":\"x\",\"tag\":\"a\\\"b\"},"
            + "\"time\":\"2026-01-02T15:04:05.12Z\"}\n",
        Files.readString(file));
  }

  @Test
  void theFileIsMadeAtTheFirstOutputForRootAndItsGroup() throws IOException {
    try (JsonFileLog log = open()) {
      assertFalse(Files.exists(file));
      write(log, Chunk.STDOUT, "a\n");
      assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  void theStreamsDoNotMixInALine() throws IOException {
    try (JsonFileLog log = open()) {
      write(log, Chunk.STDOUT, "out");
      write(log, Chunk.STDERR, "err\n");
      write(log, Chunk.STDOUT, "put\n");
    }
    assertEquals("err\\n output\\n", texts());
  }

  @Test
  void anUnterminatedLastLineIsWrittenAtTheEnd() throws IOException {
    JsonFileLog log = open();
    write(log, Chunk.STDOUT, "prompt> ");
    log.flush();
    assertEquals("prompt\\u003e ", texts());
    log.close();
    log.close();
    write(log, Chunk.STDOUT, "too late\n");
    assertEquals("prompt\\u003e ", texts());
    assertTrue(log.progress().hasEnded());
  }

  @Test
  void aTornLastRecordIsCutOffBeforeTheNext() throws IOException {
    try (JsonFileLog log = open()) {
      write(log, Chunk.STDOUT, "whole\n");
    }
    Files.writeString(file, "{\"log\":\"to" + "r".repeat(10_000), StandardOpenOption.APPEND);
    try (JsonFileLog log = open()) {
      write(log, Chunk.STDOUT, "next\n");
    }
    assertEquals("whole\\n next\\n", texts());
  }

  @Test
  void aFileOfOneTornRecordBeginsAnew() throws IOException {
    Files.writeString(file, "{\"log\":\"torn");
    try (JsonFileLog log = open()) {
      write(log, Chunk.STDOUT, "next\n");
    }
    assertEquals("next\\n", texts());
  }

  @Test
  void aLogThatIsEmptiedMeanwhileGoesOnAtItsBeginning() throws IOException {
    try (JsonFileLog log = open()) {
      write(log, Chunk.STDOUT, "before\n");
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      write(log, Chunk.STDOUT, "after\n");
    }
    assertEquals("after\\n", texts());
  }

  @Test
  void aFullDiskLosesRecordsButStopsNobody() {
    JsonFileLog log = new JsonFileLog(Path.of("/dev/full"), clock, Map.of());
    write(log, Chunk.STDOUT, "lost\n");
    write(log, Chunk.STDOUT, "lost too\n");
    assertEquals(0, log.progress().writes());
    log.close();
    assertTrue(log.progress().hasEnded());
  }

  @Test
  void theSnapshotIsTheFileAndTheUnfinishedLines() throws IOException {
    try (JsonFileLog log = open()) {
      write(log, Chunk.STDOUT, "line\nbegin");
      LogSnapshot snapshot = log.snapshot().orElseThrow();
      assertEquals(Files.size(file), snapshot.length());
      assertEquals(1, snapshot.unfinishedLines().size());
      assertEquals("begin", Processes.text(snapshot.unfinishedLines().get(0)));
    }
  }

  @Test
  void whatAKilledEngineHadReadOfALineIsNotLost() throws IOException {
    JsonFileLog killed = open();
    write(killed, Chunk.STDOUT, "whole\nhe");
    write(killed, Chunk.STDERR, "war");
    write(killed, Chunk.STDOUT, "ll");
    try (JsonFileLog next = open()) {
      write(next, Chunk.STDOUT, "o\n");
    }
    assertEquals("whole\\n hello\\n war", texts());
    assertEquals(List.of(file), filesHere());
  }

  @Test
  void aLineThatWasFinishedBeforeTheEngineWasKilledComesOnce() throws IOException {
    JsonFileLog killed = open();
    write(killed, Chunk.STDOUT, "he");
    write(killed, Chunk.STDOUT, "llo\n");
    open().close();
    assertEquals("hello\\n", texts());
  }

  private List<Path> filesHere() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.toList();
    }
  }

  private JsonFileLog open() {
    return new JsonFileLog(file, clock, Map.of());
  }

  private static void write(JsonFileLog log, int stream, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    log.write(stream, bytes, 0, bytes.length);
  }

  /** The log fields in order, as they are escaped. */
  private String texts() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      String text = line.substring("{\"log\":\"".length(), line.indexOf("\",\"stream\""));
      all.append(all.isEmpty() ? "" : " ").append(text);
    }
    return all.toString();
  }
}
