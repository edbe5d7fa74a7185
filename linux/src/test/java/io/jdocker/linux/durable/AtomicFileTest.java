package io.jdocker.linux.durable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path dir;

  @Test
  void replacesTheContentAndLeavesNothingElse() throws IOException {
    Path file = dir.resolve("state.json");
    AtomicFile.write(file, "old".getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(file, "new".getBytes(StandardCharsets.UTF_8));
    assertArrayEquals("new".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aLeftoverOfACrashIsReplaced() throws IOException {
    Files.writeString(dir.resolve(".state.json.tmp"), "half");
    AtomicFile.write(dir.resolve("state.json"), new byte[] {1});
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aMissingFolderIsAnError() {
    Path file = dir.resolve("none/state.json");
    assertThrows(SystemFailure.class, () -> AtomicFile.write(file, new byte[0]));
  }
}
