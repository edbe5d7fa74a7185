package io.jdocker.runtime.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs in several files, compressed or not, and those who read and follow them. */
class RotatingLogTest {
  @TempDir Path folder;
  private final ExecutorService compressor = Executors.newSingleThreadExecutor();
  private final ExecutorService readers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    compressor.shutdownNow();
    readers.shutdownNow();
  }

  private Path file() {
    return folder.resolve("log");
  }

  private JsonFileLog log(long size, int files, boolean compress) {
    return new JsonFileLog(
        file(),
        Clock.systemUTC(),
        Map.of("tag", "t"),
        new LogRotation(size, files, compress),
        compressor);
  }

  private static void write(JsonFileLog log, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    log.write(Chunk.STDOUT, bytes, 0, bytes.length);
  }

  private static void writeLines(JsonFileLog log, int from, int to) {
    for (int line = from; line <= to; line++) {
      write(log, "line " + line + "\n");
    }
  }

  private static LogQuery query(OptionalLong tail, boolean follow) {
    return new LogQuery(true, true, Optional.empty(), Optional.empty(), tail, false, false, follow);
  }

  private List<String> read(LogProgress progress, LogQuery query) throws Exception {
    try (LogReader reader = LogReader.open(file(), query, progress, Clock.systemUTC())) {
      return all(reader);
    }
  }

  private static List<String> all(LogReader reader) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (Optional<Chunk> chunk = reader.take(); chunk.isPresent(); chunk = reader.take()) {
      lines.add(new String(chunk.get().bytes(), UTF_8).stripTrailing());
    }
    return lines;
  }

  private static List<String> lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(line -> "line " + line).toList();
  }

  private List<String> files() throws Exception {
    settle();
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Waits until what has been given to the compressor is done. */
  private void settle() throws Exception {
    compressor.submit(() -> {}).get(30, TimeUnit.SECONDS);
  }

  /** A record of these lines takes 80 to 90 bytes, so two make a file of 100 full. */
  @ParameterizedTest
  @CsvSource({
    "1, false, log",
    "2, false, log log.1",
    "4, false, log log.1 log.2 log.3",
    "2, true,  log log.1.gz",
    "4, true,  log log.1.gz log.2.gz log.3.gz",
  })
  void thereAreNeverMoreFilesThanAskedFor(int files, boolean compress, String expected)
      throws Exception {
    try (JsonFileLog log = log(100, files, compress)) {
      writeLines(log, 1, 20);
      assertEquals(List.of(expected.split(" ", -1)), files());
    }
  }

  @Test
  void theFirstRotatedIsTheNewest() throws Exception {
    try (JsonFileLog log = log(100, 3, false)) {
      writeLines(log, 1, 6);
      assertTrue(Files.readString(folder.resolve("log.2")).startsWith("{\"log\":\"line 1\\n"));
      assertTrue(Files.readString(folder.resolve("log.1")).startsWith("{\"log\":\"line 3\\n"));
      assertTrue(Files.readString(file()).startsWith("{\"log\":\"line 5\\n"));
    }
  }

  @Test
  void aFileIsLeftOnlyWhenAnotherWriteWouldPassItsLimit() throws Exception {
    try (JsonFileLog log = log(100, 2, false)) {
      write(log, "x".repeat(5000) + "\n");
      assertFalse(Files.exists(folder.resolve("log.1")), "one record is written whole");
      write(log, "next\n");
      assertTrue(Files.size(folder.resolve("log.1")) > 5000);
    }
  }

  @Test
  void withoutALimitItStaysOneFile() throws Exception {
    try (JsonFileLog log = log(0, 1, false)) {
      writeLines(log, 1, 500);
      assertEquals(List.of("log"), files());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allFilesAreReadAsOneLog(boolean compress) throws Exception {
    try (JsonFileLog log = log(100, 50, compress)) {
      writeLines(log, 1, 40);
      settle();
      assertEquals(lines(1, 40), read(log.progress(), query(OptionalLong.empty(), false)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "7", "39", "40", "41", "1000"})
  void aTailIsCountedOverAllFiles(int tail) throws Exception {
    for (boolean compress : new boolean[] {false, true}) {
      try (JsonFileLog log = log(100, 50, compress)) {
        writeLines(log, 1, 40);
        settle();
        assertEquals(
            lines(Math.max(1, 41 - tail), 40),
            read(log.progress(), query(OptionalLong.of(tail), false)));
      }
      for (String name : files()) {
        Files.delete(folder.resolve(name));
      }
    }
  }

  @Test
  void aLineThatGoesOnInTheNextFileIsOneLine() throws Exception {
    try (JsonFileLog log = log(100, 5, false)) {
      write(log, "first\n");
      write(log, "a".repeat(LineSplitter.LONGEST));
      write(log, "b\nlast\n");
      List<String> tail = read(log.progress(), query(OptionalLong.of(2), false));
      assertEquals("a".repeat(LineSplitter.LONGEST) + "b", tail.get(0) + tail.get(1));
      assertEquals(List.of("last"), tail.subList(2, tail.size()));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, true", "9, true"})
  void aFollowerSeesEachLineOnce(int files, boolean compress) throws Exception {
    JsonFileLog log = log(1000, files, compress);
    writeLines(log, 1, 3);
    Future<List<String>> follower =
        readers.submit(() -> read(log.progress(), query(OptionalLong.empty(), true)));
    Future<List<String>> another =
        readers.submit(() -> read(log.progress(), query(OptionalLong.of(0), true)));
    writeLines(log, 4, 2000);
    log.close();
    List<String> seen = follower.get(30, TimeUnit.SECONDS);
    // Begun before or after some were dropped: what it saw has no gap and no line twice.
    int first = Integer.parseInt(seen.get(0).substring("line ".length()));
    assertEquals(lines(first, 2000), seen);
    List<String> tail = another.get(30, TimeUnit.SECONDS);
    assertEquals(lines(2001 - tail.size(), 2000), tail);
  }

  @Test
  void aFollowerThatCameFirstSeesAll() throws Exception {
    JsonFileLog log = log(100, 2, true);
    try (LogReader reader =
        LogReader.open(
            file(), query(OptionalLong.empty(), true), log.progress(), Clock.systemUTC())) {
      writeLines(log, 1, 1);
      assertEquals("line 1\n", new String(reader.take().orElseThrow().bytes(), UTF_8));
      writeLines(log, 2, 300); // nobody reads meanwhile, and all but the last are dropped
      log.close();
      assertEquals(lines(2, 300), all(reader));
    }
  }

  @Test
  void aReaderKeepsWhatItBeganWith() throws Exception {
    try (JsonFileLog log = log(100, 3, false)) {
      writeLines(log, 1, 6);
      try (LogReader reader =
          LogReader.open(
              file(), query(OptionalLong.empty(), false), log.progress(), Clock.systemUTC())) {
        writeLines(log, 7, 60);
        List<String> seen = all(reader);
        assertEquals(lines(1, 6), seen.subList(0, 6));
      }
    }
  }

  @Test
  void aClosedFollowerIsToldNoMore() throws Exception {
    try (JsonFileLog log = log(100, 2, false)) {
      writeLines(log, 1, 1);
      LogReader reader =
          LogReader.open(
              file(), query(OptionalLong.empty(), true), log.progress(), Clock.systemUTC());
      reader.close();
      long before = openDescriptors();
      writeLines(log, 2, 60);
      assertEquals(before, openDescriptors(), "a descriptor for nobody");
    }
  }

  private long openDescriptors() throws Exception {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isOfThisTest).count();
    }
  }

  private boolean isOfThisTest(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder);
    } catch (java.io.IOException e) {
      return false; // closed meanwhile
    }
  }

  @Test
  void unpackedFilesLeaveNothing() throws Exception {
    try (JsonFileLog log = log(100, 5, true)) {
      writeLines(log, 1, 10);
      List<String> before = files();
      read(log.progress(), query(OptionalLong.empty(), false));
      assertEquals(before, files());
      assertEquals(1, openDescriptors(), "beside the one that is written");
    }
  }

  @Test
  void anUnfinishedLineComesThroughARotationAndACrash() throws Exception {
    JsonFileLog killed = log(100, 3, false);
    writeLines(killed, 1, 2);
    write(killed, "begun");
    killed.position(); // before each read: here the log goes on in a new file
    assertEquals(0, Files.size(file()), "the second line made it full");
    try (JsonFileLog next = log(100, 3, false)) {
      write(next, " and ended\n");
      List<String> all = read(next.progress(), query(OptionalLong.empty(), false));
      assertEquals("begun and ended", all.get(all.size() - 1));
    }
  }

  @Test
  void whatAKilledEngineHadReadKeepsItsAttributes() throws Exception {
    JsonFileLog killed = log(100, 3, false);
    writeLines(killed, 1, 2);
    LogPosition position = killed.position().orElseThrow();
    byte[] output = "read, not logged\n".getBytes(UTF_8);
    JsonFileLog.redo(position, Clock.systemUTC(), Chunk.STDOUT, output);
    String record = Files.readString(file());
    assertTrue(record.contains("\"attrs\":{\"tag\":\"t\"}"), record);
    assertTrue(record.contains("read, not logged"), record);
  }

  @Test
  void oneLargeWriteMakesNoLargeFile() throws Exception {
    StringBuilder output = new StringBuilder();
    lines(1, 400).forEach(line -> output.append(line).append('\n'));
    try (JsonFileLog log = log(1000, 100, false)) {
      write(log, output.toString());
      for (String name : files()) {
        assertTrue(Files.size(folder.resolve(name)) < 1200, name + " is past its limit");
      }
      assertEquals(lines(1, 400), read(log.progress(), query(OptionalLong.empty(), false)));
    }
  }

  /** The engine is killed after some of an output's records, here in other files than it began. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 39, 40})
  void outputThatWasPartlyLoggedIsLoggedOnce(int logged) throws Exception {
    JsonFileLog killed = log(200, 50, false);
    write(killed, "line 1\nline");
    LogPosition position = killed.position().orElseThrow();
    StringBuilder output = new StringBuilder(" 2\n");
    lines(3, 42).forEach(line -> output.append(line).append('\n'));
    String all = output.toString();
    int cut = 0;
    for (int line = 0; line < logged; line++) {
      cut = all.indexOf('\n', cut) + 1;
    }
    // Only as far as the records go; the note of what is unfinished comes after the last of them.
    Path note = folder.resolve("log.unfinished");
    byte[] before = Files.readAllBytes(note);
    write(killed, all.substring(0, cut));
    Files.write(note, before);
    JsonFileLog.redo(position, Clock.systemUTC(), Chunk.STDOUT, all.getBytes(UTF_8));
    assertEquals(lines(1, 42), read(LogProgress.ended(), query(OptionalLong.empty(), false)));
  }
}
