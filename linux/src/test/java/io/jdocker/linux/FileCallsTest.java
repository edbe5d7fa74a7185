package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java's own file API cannot do, or does through links. */
final class FileCallsTest {
  private static final int CWD = FileCalls.AT_FDCWD;
  private static final int NOFOLLOW = FileCalls.AT_SYMLINK_NOFOLLOW;

  private final FileCalls files = Kernel.load().files();
  @TempDir Path dir;
  private String file;

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.writeString(dir.resolve("file"), "content").toString();
  }

  @Test
  void statusTellsEveryFieldFromItsOwnPlace() throws IOException {
    Files.createLink(dir.resolve("second"), dir.resolve("file"));
    files.changeMode(CWD, file, 02751);
    files.setTime(CWD, file, 1_234_567_890L, 987_654_321, 0);
    FileStatus status = files.status(CWD, file, 0);
    assertTrue(status.isRegular());
    assertEquals(02751, status.permissions());
    assertEquals(7, status.size());
    assertEquals(2, status.links());
    assertEquals(Files.getAttribute(dir.resolve("file"), "unix:ino"), status.inode());
    assertEquals(Files.getAttribute(dir.resolve("file"), "unix:dev"), status.device());
    assertEquals(Files.getAttribute(dir.resolve("file"), "unix:uid"), status.uid());
    assertEquals(Files.getAttribute(dir.resolve("file"), "unix:gid"), status.gid());
    assertEquals(1_234_567_890L, status.mtimeSeconds());
    assertEquals(987_654_321, status.mtimeNanos());
  }

  @Test
  void aDeviceNodesNumberIsTheDeviceItStandsFor() {
    FileStatus zero = files.status(CWD, "/dev/zero", 0);
    assertEquals(FileStatus.S_IFCHR, zero.type());
    assertEquals(FileStatus.makeDevice(1, 5), zero.rdev());
  }

  @Test
  void aLinkItselfAndWhatItLeadsToAreTwoThings() {
    files.symbolicLink("file", CWD, dir + "/link");
    assertTrue(files.status(CWD, dir + "/link", NOFOLLOW).isSymbolicLink());
    assertTrue(files.status(CWD, dir + "/link", 0).isRegular());
    assertEquals("file", files.readLink(CWD, dir + "/link"));
    files.setTime(CWD, dir + "/link", 1000, 0, NOFOLLOW);
    assertEquals(1000, files.status(CWD, dir + "/link", NOFOLLOW).mtimeSeconds());
    assertTrue(files.status(CWD, file, 0).mtimeSeconds() > 1000);
  }

  @Test
  void whatIsNotThereIsEmptyButWhatCannotBeLookedAtIsAnError() {
    assertEquals(Optional.empty(), files.find(CWD, dir + "/nothing", 0));
    assertTrue(files.find(CWD, file, 0).isPresent());
    SyscallException e =
        assertThrows(SyscallException.class, () -> files.find(CWD, file + "/below", 0));
    assertTrue(e.is(Errno.ENOTDIR), e::getMessage);
  }

  @Test
  void aDescriptorHasAStatusEvenOnceItsNameIsGone() {
    try (Fd fd = files.open(file, OpenFlags.O_RDONLY, 0)) {
      files.unlink(CWD, file, 0);
      assertEquals(0, files.status(fd).links());
      assertEquals(7, files.status(fd).size());
    }
  }

  @Test
  void pathsCountFromAnOpenFolder() {
    try (Fd folder = files.open(dir.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0)) {
      int at = folder.number();
      files.makeDirectory(at, "sub", 0700);
      files.rename(at, "file", at, "sub/moved");
      files.link(at, "sub/moved", at, "again", 0);
      assertEquals(files.status(at, "sub/moved", 0).inode(), files.status(at, "again", 0).inode());
      files.unlink(at, "again", 0);
      files.unlink(at, "sub/moved", 0);
      files.unlink(at, "sub", FileCalls.AT_REMOVEDIR);
      assertFalse(files.find(at, "sub", 0).isPresent());
    }
  }

  @Test
  void aFolderIsNotUnlinkedByMistake() {
    SyscallException e =
        assertThrows(SyscallException.class, () -> files.unlink(CWD, dir.toString(), 0));
    assertTrue(e.is(Errno.EISDIR), e::getMessage);
  }

  @Test
  void aPipeIsMadeWithTheModeGiven() {
    files.makeNode(CWD, dir + "/fifo", FileStatus.S_IFIFO | 0600, 0);
    FileStatus fifo = files.status(CWD, dir + "/fifo", 0);
    assertEquals(FileStatus.S_IFIFO, fifo.type());
    assertEquals(0600, fifo.permissions());
  }

  @Test
  void openRefusesLinksWhereAsked() {
    files.symbolicLink(dir.toString(), CWD, dir + "/loop");
    SyscallException e =
        assertThrows(
            SyscallException.class,
            () ->
                files.open(
                    CWD, dir + "/loop/file", OpenFlags.O_RDONLY, 0, OpenFlags.RESOLVE_NO_SYMLINKS));
    assertTrue(e.is(Errno.ELOOP), e::getMessage);
  }

  @Test
  void sealedMemoryHoldsItsContentAndNobodyChangesIt() throws IOException {
    byte[] content = {1, 2, 3};
    try (Fd memory = files.sealedMemory("program", content)) {
      assertArrayEquals(content, Files.readAllBytes(Path.of(memory.procPath())));
      SyscallException e =
          assertThrows(SyscallException.class, () -> files.writeFully(memory, content, 0, 1));
      assertTrue(e.is(Errno.EPERM), e::getMessage);
    }
  }

  @Test
  void anAttributeThatIsNotSetIsEmpty() {
    assertEquals(Optional.empty(), files.attribute(file, "user.jdocker"));
  }

  @Test
  void onlyThePartAskedForIsWritten() throws IOException {
    try (Fd fd = files.open(file, OpenFlags.O_WRONLY | OpenFlags.O_APPEND, 0)) {
      files.writeFully(fd, new byte[] {'a', 'b', 'c', 'd'}, 1, 2);
      files.sync(fd);
    }
    assertEquals("contentbc", Files.readString(Path.of(file)));
  }

  /** The kernel says EAGAIN to a path with ".." while anybody renames anything. */
  @Test
  void aPathIsResolvedWhileFilesAreRenamed(@TempDir Path busy) throws Exception {
    Files.createDirectories(busy.resolve("a/b"));
    Files.createFile(busy.resolve("a/file"));
    Path moving = Files.createDirectory(busy.resolve("moving"));
    Path moved = busy.resolve("moved");
    AtomicBoolean done = new AtomicBoolean();
    Thread renamer =
        new Thread(
            () -> {
              try {
                while (!done.get()) {
                  Files.move(moving, moved);
                  Files.move(moved, moving);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    renamer.start();
    try (Fd root = files.open(busy.toString(), OpenFlags.O_PATH, 0)) {
      for (int i = 0; i < 2000; i++) {
        files
            .open(
                root.number(),
                "/a/b/../../../a/b/../file",
                OpenFlags.O_RDONLY,
                0,
                OpenFlags.RESOLVE_IN_ROOT)
            .close();
      }
    } finally {
      done.set(true);
      renamer.join();
    }
  }
}
