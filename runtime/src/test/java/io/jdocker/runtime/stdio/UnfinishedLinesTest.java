package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnfinishedLinesTest {
  @TempDir Path dir;
  private UnfinishedLines lines;
  private Path saved;

  @BeforeEach
  void name() {
    lines = new UnfinishedLines(dir.resolve("log"));
    saved = dir.resolve("log.unfinished");
  }

  @Test
  void theyComeBackForALogOfTheSameLength() throws IOException {
    save(100, "longer than the next", "err");
    save(100, "out", "");
    UnfinishedLines.Content content = lines.load(100).orElseThrow();
    assertArrayEquals(Processes.utf8("out"), content.stdout());
    assertEquals(0, content.stderr().length);
  }

  @Test
  void theyAreOutOfDateOnceTheLogGrew() throws IOException {
    save(100, "out", "err");
    assertTrue(lines.load(101).isEmpty());
  }

  @Test
  void withoutAFileThereAreNone() throws IOException {
    assertEquals(Optional.empty(), lines.load(0));
  }

  @Test
  void aFileThatWasCutOrChangedCountsForNothing() throws IOException {
    save(7, "out", "err");
    byte[] whole = Files.readAllBytes(saved);
    for (int length = 0; length < whole.length; length++) {
      Files.write(saved, Arrays.copyOf(whole, length));
      assertTrue(lines.load(7).isEmpty(), "cut to " + length);
    }
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) 0x80;
      Files.write(saved, changed);
      assertTrue(lines.load(7).isEmpty(), "changed at " + i);
    }
  }

  @Test
  void closeRemovesTheFile() throws IOException {
    save(7, "out", "err");
    lines.close();
    assertFalse(Files.exists(saved));
    lines.close();
  }

  private void save(long logLength, String stdout, String stderr) throws IOException {
    lines.save(
        logLength, new UnfinishedLines.Content(1, Processes.utf8(stdout), Processes.utf8(stderr)));
  }
}
