package io.jdocker.linux.testing.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault is what a machine in trouble would do, at the place asked for and nowhere else. */
final class FaultPointTest {
  private static final int CWD = FileCalls.AT_FDCWD;

  private final FaultPoint faults = new FaultPoint();
  private final Kernel kernel = Kernel.load(libc -> new FaultyLibC(libc, faults));
  @TempDir Path dir;

  private Path wrapped(String name) {
    return new FaultyFileSystem(faults).wrap(dir.resolve(name));
  }

  private void makeThree() {
    for (String name : List.of("one", "two", "three")) {
      kernel.files().makeDirectory(CWD, dir.resolve(name).toString(), 0755);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(dir)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void nothingFailsUntilItIsArmed() throws IOException {
    makeThree();
    assertEquals(List.of("one", "three", "two"), names());
    assertEquals(List.of(), faults.seen());
  }

  @Test
  void theCallAskedForFailsAndIsNotMade() throws IOException {
    faults.arm(effect -> effect.call().equals("mkdirat"), 2, FaultPoint.USUAL_ERROR);
    SyscallException e = assertThrows(SyscallException.class, this::makeThree);
    assertEquals(
        "mkdirat(AT_FDCWD, \"" + dir + "/two\", 0755): ENOSPC (No space left on device)",
        e.getMessage());
    assertEquals(List.of("one"), names());
    assertEquals(Optional.of(dir + "/two"), faults.hit().map(Effect::what));
  }

  @Test
  void onceHitEverythingHappensAgain() throws IOException {
    faults.arm(effect -> true, 1, FaultPoint.USUAL_ERROR);
    assertThrows(SyscallException.class, this::makeThree);
    makeThree();
    assertEquals(List.of("one", "three", "two"), names());
    assertEquals(4, faults.seen().size());
  }

  @Test
  void theErrorMayBeChosen() {
    faults.arm(effect -> true, 1, (effect, usual) -> Errno.EROFS);
    SyscallException e = assertThrows(SyscallException.class, this::makeThree);
    assertTrue(e.is(Errno.EROFS), e.getMessage());
  }

  @Test
  void effectsTellTheirThread() throws InterruptedException {
    faults.arm(effect -> effect.thread().equals("other"), 0, FaultPoint.USUAL_ERROR);
    Thread other =
        new Thread(
            () -> kernel.files().makeDirectory(CWD, dir.resolve("b").toString(), 0755), "other");
    kernel.files().makeDirectory(CWD, dir.resolve("a").toString(), 0755);
    other.start();
    other.join();
    assertEquals(List.of(dir + "/b"), faults.seen().stream().map(Effect::what).toList());
  }

  @Test
  void readingIsNoEffect() {
    faults.arm(effect -> true, 1, FaultPoint.USUAL_ERROR);
    assertTrue(kernel.files().find(CWD, dir.toString(), 0).isPresent());
    assertTrue(kernel.processes().pid() > 0);
    assertEquals(List.of(), faults.seen());
  }

  @Test
  void aWriteOfTheJdkFailsLikeTheDisksOwn() throws IOException {
    Path file = wrapped("file");
    faults.arm(effect -> effect.call().equals("write"), 1, FaultPoint.USUAL_ERROR);
    IOException e = assertThrows(IOException.class, () -> Files.writeString(file, "content"));
    assertEquals("No space left on device", e.getMessage());
    assertEquals("", Files.readString(dir.resolve("file")));
  }

  @Test
  void eachEffectOfTheJdkIsToldByTheNameOfItsCall() throws IOException {
    faults.arm(effect -> true, 0, FaultPoint.USUAL_ERROR);
    Path folder = Files.createDirectory(wrapped("folder"));
    Path file = Files.writeString(folder.resolve("file"), "x");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    Files.createLink(folder.resolve("same"), file);
    Files.move(file, folder.resolve("moved"));
    Files.setAttribute(folder.resolve("moved"), "unix:mode", 0600);
    Files.copy(folder.resolve("moved"), folder.resolve("copy"));
    Files.delete(folder.resolve("copy"));
    assertEquals(
        List.of(
            "mkdirat",
            "openat",
            "write",
            "symlinkat",
            "linkat",
            "renameat2",
            "set unix:mode",
            "copy_file_range",
            "unlinkat"),
        faults.seen().stream().map(Effect::call).toList());
  }

  @Test
  void everyPathMadeFromOneStaysInItsFileSystem() throws IOException {
    Path folder = wrapped("folder");
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/file"), "x");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
    List<Path> made;
    try (Stream<Path> walked = Files.walk(folder)) {
      made = new java.util.ArrayList<>(walked.toList());
    }
    made.add(Files.readSymbolicLink(folder.resolve("link")));
    made.add(folder.resolve("link").toRealPath());
    made.add(folder.resolveSibling("other").normalize().toAbsolutePath());
    made.add(folder.getParent().getFileName());
    made.add(folder.getRoot());
    made.add(folder.relativize(folder.resolve("a/b")));
    for (Path path : made) {
      assertEquals(folder.getFileSystem(), path.getFileSystem(), path.toString());
    }
  }

  @Test
  void deletingInAnOpenFolderIsAnEffect() throws IOException {
    Files.writeString(dir.resolve("file"), "x");
    faults.arm(effect -> effect.call().equals("unlinkat"), 1, FaultPoint.USUAL_ERROR);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(wrapped(""))) {
      SecureDirectoryStream<Path> open = (SecureDirectoryStream<Path>) entries;
      assertThrows(FileSystemException.class, () -> open.deleteFile(Path.of("file")));
      assertEquals(List.of("file"), names());
      open.deleteFile(Path.of("file"));
    }
    assertEquals(List.of(), names());
  }
}
