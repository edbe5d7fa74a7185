package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine killed between read(2) and the log: whatever it had done, all is logged once. */
class OutputJournalTest {
  private static final Kernel KERNEL = Kernel.load();
  private static final Pattern TEXT = Pattern.compile("\\{\"log\":\"(.*?)\",\"stream\"");

  @TempDir private Path folder;
  private Path file;
  private Path log;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("output");
    log = Files.createDirectories(folder.resolve("logs/c")).resolve("c-json.log");
  }

  private JsonFileLog openLog() {
    return new JsonFileLog(log, Clock.systemUTC(), Map.of());
  }

  private static void write(JsonFileLog to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.write(Chunk.STDOUT, bytes, 0, bytes.length);
  }

  /** As the event loop does, up to some point: then nothing more happens, as after a kill. */
  private OutputJournal read(JsonFileLog to, String text, boolean returned) throws IOException {
    OutputJournal journal = OutputJournal.open(KERNEL, file);
    journal.begin(Chunk.STDOUT, to.position().orElseThrow());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    NativeArena.putBytes(journal.data(), bytes, 0, bytes.length);
    if (returned) {
      journal.filled(bytes.length);
    }
    return journal;
  }

  private void restart() {
    OutputJournal.redo(file, folder.resolve("logs"), Clock.systemUTC());
  }

  private String logged() throws IOException {
    StringBuilder all = new StringBuilder();
    Matcher records = TEXT.matcher(Files.exists(log) ? Files.readString(log) : "");
    while (records.find()) {
      all.append(records.group(1));
    }
    return all.toString();
  }

  @Test
  void readAndNotLogged() throws IOException {
    JsonFileLog killed = openLog();
    write(killed, "1\n");
    read(killed, "2\n3\n", true);
    restart();
    assertEquals("1\\n2\\n3\\n", logged());
  }

  @Test
  void theFirstOutputOfAll() throws IOException {
    read(openLog(), "1\n", true);
    restart();
    assertEquals("1\\n", logged());
  }

  @Test
  void killedBeforeReadHadReturned() throws IOException {
    read(openLog(), "1\n", false);
    restart();
    assertEquals("1\\n", logged());
  }

  @Test
  void killedWhileNothingHadCome() throws IOException {
    read(openLog(), "", false);
    restart();
    assertFalse(Files.exists(log));
  }

  @Test
  void loggedAndNotMarked() throws IOException {
    JsonFileLog killed = openLog();
    write(killed, "1\n");
    read(killed, "2\n", true);
    write(killed, "2\n");
    restart();
    assertEquals("1\\n2\\n", logged());
  }

  @Test
  void halfLogged() throws IOException {
    JsonFileLog killed = openLog();
    write(killed, "1\n");
    read(killed, "2\n3\n", true);
    write(killed, "2\n");
    Files.writeString(log, Files.readString(log) + "{\"log\":\"3");
    restart();
    assertEquals("1\\n2\\n3\\n", logged());
  }

  @Test
  void anUnfinishedLineIsContinuedOnce() throws IOException {
    JsonFileLog killed = openLog();
    write(killed, "a");
    read(killed, "b", true);
    restart();
    JsonFileLog next = openLog();
    write(next, "c\n");
    assertEquals("abc\\n", logged());
  }

  @Test
  void anUnfinishedLineThatWasKeptIsNotKeptTwice() throws IOException {
    JsonFileLog killed = openLog();
    write(killed, "a");
    read(killed, "b\nc", true);
    write(killed, "b\nc");
    restart();
    JsonFileLog next = openLog();
    write(next, "d\n");
    assertEquals("ab\\ncd\\n", logged());
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws IOException {
    JsonFileLog log = openLog();
    OutputJournal journal = read(log, "1\n", true);
    write(log, "1\n");
    journal.done(2);
    write(log, "2\n");
    journal.close();
    restart();
    assertEquals("1\\n2\\n", logged());
  }

  @Test
  void theOutputOfARemovedContainerGoesNowhere() throws IOException {
    read(openLog(), "1\n", true);
    Files.delete(log.getParent());
    restart();
    assertFalse(Files.exists(log.getParent()));
  }

  @Test
  void aDamagedJournalWritesNoOtherFile() throws IOException {
    Path other = folder.resolve("precious");
    Files.writeString(other, "precious");
    OutputJournal journal = OutputJournal.open(KERNEL, file);
    journal.begin(Chunk.STDOUT, new LogPosition(folder.resolve("logs/../precious"), 0, 1, 0));
    NativeArena.putInt(journal.data(), 1);
    journal.filled(1);
    restart();
    assertEquals("precious", Files.readString(other));
    Files.writeString(file, "torn");
    restart();
    Files.delete(file);
    restart();
  }
}
