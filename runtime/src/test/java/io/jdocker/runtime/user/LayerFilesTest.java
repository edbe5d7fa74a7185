package io.jdocker.runtime.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerFilesTest {
  private final Kernel kernel = Kernel.load();
  @TempDir Path dir;
  private Path upper;
  private Path lower;
  private AccountFiles files;

  @BeforeEach
  void layers() throws IOException {
    upper = Files.createDirectory(dir.resolve("upper"));
    lower = Files.createDirectories(dir.resolve("lower/etc")).getParent();
    files = new LayerFiles(kernel, List.of(upper, lower));
  }

  @Test
  void theLowerLayerShowsThrough() throws IOException {
    Files.writeString(lower.resolve("etc/passwd"), "lower");
    assertEquals(Optional.of("lower"), files.read("etc/passwd"));
  }

  @Test
  void theUpperLayerWins() throws IOException {
    Files.writeString(lower.resolve("etc/passwd"), "lower");
    Files.createDirectory(upper.resolve("etc"));
    Files.writeString(upper.resolve("etc/passwd"), "upper");
    assertEquals(Optional.of("upper"), files.read("etc/passwd"));
  }

  @Test
  void aMissingFileIsEmpty() {
    assertEquals(Optional.empty(), files.read("etc/passwd"));
  }

  @Test
  void cve20249676AFifoNeitherHangsNorIsRead() {
    kernel
        .files()
        .makeNode(FileCalls.AT_FDCWD, lower + "/etc/passwd", FileStatus.S_IFIFO | 0644, 0);
    assertThrows(InvalidArgument.class, () -> files.read("etc/passwd"));
  }

  @Test
  void cve20249676ALinkOutOfTheRootIsNotFollowed() throws IOException {
    Files.createSymbolicLink(lower.resolve("etc/passwd"), Path.of("/etc/passwd"));
    assertThrows(InvalidArgument.class, () -> files.read("etc/passwd"));
  }

  @Test
  void cve20249676AHugeFileIsRefused() throws IOException {
    try (java.io.RandomAccessFile huge =
        new java.io.RandomAccessFile(lower.resolve("etc/passwd").toFile(), "rw")) {
      huge.setLength(1L << 40);
    }
    assertThrows(InvalidArgument.class, () -> files.read("etc/passwd"));
  }
}
