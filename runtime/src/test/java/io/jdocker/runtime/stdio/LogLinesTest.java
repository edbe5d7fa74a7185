package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogLinesTest {
  @TempDir Path dir;
  private Path file;
  private FileChannel channel;

  @BeforeEach
  void open() throws IOException {
    file = Files.createFile(dir.resolve("log"));
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
  }

  @Test
  void aLineAppearsOnceItIsWhole() throws IOException {
    LogLines lines = new LogLines(channel, 0, Long.MAX_VALUE);
    append("one\ntw");
    assertEquals("one", next(lines));
    assertEquals("", next(lines));
    append("o\n");
    assertEquals("two", next(lines));
  }

  @Test
  void aTornLineThatWasCutOffAndWrittenAnewIsReadRight() throws IOException {
    LogLines lines = new LogLines(channel, 0, Long.MAX_VALUE);
    append("one\ntorn by a crash");
    assertEquals("one", next(lines));
    assertEquals("", next(lines));
    Files.writeString(file, "one\nnew\n");
    assertEquals("new", next(lines));
  }

  @Test
  void aFileThatWasEmptiedIsReadFromItsBeginning() throws IOException {
    LogLines lines = new LogLines(channel, 0, Long.MAX_VALUE);
    append("a long line\n");
    assertEquals("a long line", next(lines));
    Files.writeString(file, "");
    assertEquals("", next(lines));
    append("new\n");
    assertEquals("new", next(lines));
  }

  @Test
  void nothingBehindTheLimitIsRead() throws IOException {
    append("one\ntwo\nthree\n");
    LogLines lines = new LogLines(channel, 4, 8);
    assertEquals("two", next(lines));
    assertEquals("", next(lines));
  }

  @Test
  void linesLongerThanABlockAndAcrossBlocksAreWhole() throws IOException {
    String wide = "x".repeat(150_000);
    append("a\n" + wide + "\n" + wide + "\nb\n");
    LogLines lines = new LogLines(channel, 0, Long.MAX_VALUE);
    assertEquals("a", next(lines));
    assertEquals(wide, next(lines));
    assertEquals(wide, next(lines));
    assertTrue(lines.isReady());
    assertEquals("b", next(lines));
    assertFalse(lines.isReady());
  }

  @Test
  void rubbishWithoutANewlineComesInPiecesInsteadOfFillingTheMemory() throws IOException {
    append("x".repeat(9 * 1024 * 1024) + "\nnext\n");
    LogLines lines = new LogLines(channel, 0, Long.MAX_VALUE);
    long length = 0;
    String piece = next(lines);
    while (piece.startsWith("x")) {
      assertTrue(piece.length() <= 4 * 1024 * 1024);
      length += piece.length();
      piece = next(lines);
    }
    assertEquals(9 * 1024 * 1024, length);
    assertEquals("next", piece);
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static String next(LogLines lines) throws IOException {
    Optional<byte[]> line = lines.next();
    return line.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }
}
