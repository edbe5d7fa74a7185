package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file system's edge, on a folder of plain files; control files differ in what they answer. */
final class KernelFilesTest {
  @TempDir private Path root;
  private final KernelFiles files = new KernelFiles(Kernel.load());

  private static void refused(Errno errno, Runnable call) {
    SyscallException refused = assertThrows(SyscallException.class, call::run);
    assertTrue(refused.is(errno), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "max 100000", "c 1:3 rwm", "+cpu +io", "ä"})
  void whatIsWrittenIsRead(String value) throws IOException {
    Path file = Files.createFile(root.resolve("value"));
    files.write(file, value);
    assertEquals(value, files.read(file));
  }

  /** More than a buffer: cgroup.procs of a busy group. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16383, 16384, 16385, 100_000})
  void aFileOfAnyLengthIsReadWhole(int length) throws IOException {
    Path file = Files.writeString(root.resolve("value"), "x".repeat(length) + "\n");
    assertEquals(length, files.read(file).length());
  }

  @Test
  void aFinalLineEndIsNotPartOfIt() throws IOException {
    Path file = Files.writeString(root.resolve("value"), " a \nb \n\n");
    assertEquals(" a \nb", files.read(file));
  }

  @Test
  void nothingIsMadeByAWrite() {
    refused(Errno.ENOENT, () -> files.write(root.resolve("absent"), "1"));
    assertFalse(Files.exists(root.resolve("absent")));
  }

  @Test
  void whatIsAbsentCannotBeRead() {
    refused(Errno.ENOENT, () -> files.read(root.resolve("absent")));
    refused(Errno.ENOENT, () -> files.open(root.resolve("absent"), OpenFlags.O_RDONLY));
    refused(Errno.EISDIR, () -> files.read(root));
  }

  @Test
  void aFolderIsMadeOnceAndBelowOneThatIs() {
    Path folder = root.resolve("a");
    refused(Errno.ENOENT, () -> files.makeDirectory(folder.resolve("b")));
    files.makeDirectory(folder);
    assertTrue(files.exists(folder));
    refused(Errno.EEXIST, () -> files.makeDirectory(folder));
  }

  @Test
  void aFolderWithSomethingInItIsNotRemoved() {
    files.makeDirectory(root.resolve("a"));
    files.makeDirectory(root.resolve("a/b"));
    refused(Errno.ENOTEMPTY, () -> files.removeDirectory(root.resolve("a")));
    files.removeDirectory(root.resolve("a/b"));
    files.removeDirectory(root.resolve("a"));
    assertFalse(files.exists(root.resolve("a")));
    refused(Errno.ENOENT, () -> files.removeDirectory(root.resolve("a")));
  }

  /** A link among them is not followed: control groups have none, so somebody made it. */
  @Test
  void childrenAreFoldersInOrder() throws IOException {
    Files.createDirectory(root.resolve("b"));
    Files.createDirectory(root.resolve("a"));
    Files.createFile(root.resolve("cgroup.procs"));
    Files.createSymbolicLink(root.resolve("c"), root.resolve("a"));
    assertEquals(List.of("a", "b"), files.children(root));
    assertEquals(List.of(), files.children(root.resolve("gone")));
    assertEquals(List.of(), files.children(root.resolve("cgroup.procs")));
  }

  @Test
  void aDanglingLinkExists() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), root.resolve("nowhere"));
    assertTrue(files.exists(root.resolve("link")));
    assertFalse(files.exists(root.resolve("nowhere")));
  }

  @Test
  void anOpenFileIsReadFromWhereItIs() throws IOException {
    Path file = Files.writeString(root.resolve("value"), "populated 0\n");
    try (Fd fd = files.open(file, OpenFlags.O_RDONLY)) {
      assertEquals("populated 0", files.read(fd));
      assertEquals("", files.read(fd), "read to its end");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "3600, true"})
  void aDeadlineEnds(long seconds, boolean more) {
    Deadline deadline = Deadline.ofSeconds(seconds);
    assertEquals(more, deadline.pause());
    assertTrue(deadline.millisLeft() >= 0);
    assertEquals(more, deadline.millisLeft() > 0);
  }

  @Test
  void thisMachineHasCpusAndNodes() {
    Machine machine = Machine.current();
    assertTrue(machine.cpus() >= 1);
    assertEquals(machine.cpus(), machine.cpuList().numbers().cardinality());
    assertTrue(machine.nodeList().numbers().cardinality() >= 1);
  }
}
