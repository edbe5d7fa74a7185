package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
  @TempDir Path dir;

  @Test
  void theLastLinesOfMany() throws Exception {
    write(lines(0, 5000)); // several blocks, records across their borders
    for (int n : new int[] {0, 1, 2, 700, 4999, 5000}) {
      assertEquals(lines(5000 - n, 5000), tail(n), "tail " + n);
    }
  }

  @Test
  void moreThanThereAreIsAll() throws Exception {
    write("a\nb\n");
    assertEquals("a\nb\n", tail(3));
    assertEquals("a\nb\n", tail(Long.MAX_VALUE));
  }

  @Test
  void anEmptyLogHasNoTail() throws Exception {
    Files.createFile(dir.resolve("log"));
    assertEquals("", tail(0));
    assertEquals("", tail(5));
  }

  @Test
  void anUnfinishedLastLineIsALine() throws Exception {
    write("a\nb\nc");
    assertEquals("c", tail(1));
    assertEquals("b\nc", tail(2));
  }

  @Test
  void aLineInSeveralRecordsCountsOnce() throws Exception {
    String wide = "x".repeat(100_000) + "\n";
    write("first\n" + wide + "last\n");
    assertEquals("last\n", tail(1));
    assertEquals(wide + "last\n", tail(2));
    assertEquals("first\n" + wide + "last\n", tail(3));
  }

  @Test
  void anUnfinishedLastLineInSeveralRecordsIsComplete() throws Exception {
    String wide = "x".repeat(50_000);
    write("first\n" + wide);
    assertEquals(wide, tail(1));
  }

  @Test
  void aTornRecordIsNoLine() throws Exception {
    write("a\nb\n");
    Files.writeString(dir.resolve("log"), "{\"log\":\"torn", StandardOpenOption.APPEND);
    assertEquals("b\n", tail(1));
    assertEquals("", tail(0));
    long whole = Files.size(dir.resolve("log")) - "{\"log\":\"torn".length();
    assertEquals(whole, start(0));
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  private void write(String text) {
    try (JsonFileLog log = new JsonFileLog(dir.resolve("log"), Clock.systemUTC(), Map.of())) {
      byte[] bytes = Processes.utf8(text);
      log.write(Chunk.STDOUT, bytes, 0, bytes.length);
    }
  }

  private long start(long lines) throws IOException {
    try (FileChannel file = FileChannel.open(dir.resolve("log"))) {
      return LogTail.start(file, lines);
    }
  }

  private String tail(long lines) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    try (LogReader reader =
        LogReader.open(
            dir.resolve("log"),
            LogQuery.everything().withTail(lines),
            LogProgress.ended(),
            Clock.systemUTC())) {
      for (Optional<Chunk> next = reader.take(); next.isPresent(); next = reader.take()) {
        all.append(Processes.text(next.get()));
      }
    }
    return all.toString();
  }
}
