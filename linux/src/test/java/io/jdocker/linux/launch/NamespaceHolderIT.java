package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.linux.user.IdRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces with nobody in them but the one who holds them. */
final class NamespaceHolderIT {
  private static final IdMapping IDS =
      new IdMapping(
          List.of(new IdRange(0, 100000, 10), new IdRange(10, 5000, 1)),
          List.of(new IdRange(0, 200000, 10)));

  private final Kernel kernel = Kernel.load();
  private final Launcher launcher = new Launcher(kernel);

  @AfterEach
  void close() {
    launcher.close();
  }

  private static Path namespace(int pid, String kind) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + kind));
  }

  private static List<String> map(int pid, String file) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/" + file)).stream()
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  @Test
  void itsIdsAreMappedAndItsNamespacesItsOwn() throws Exception {
    int own = kernel.processes().pid();
    try (NamespaceHolder holder =
        launcher.hold(IDS, ProcessCalls.CLONE_NEWNET | ProcessCalls.CLONE_NEWUTS)) {
      assertEquals(List.of("0 100000 10", "10 5000 1"), map(holder.pid(), "uid_map"));
      assertEquals(List.of("0 200000 10"), map(holder.pid(), "gid_map"));
      for (String kind : List.of("user", "net", "uts")) {
        assertNotEquals(namespace(own, kind), namespace(holder.pid(), kind), kind);
      }
      assertEquals(namespace(own, "ipc"), namespace(holder.pid(), "ipc"));
    }
  }

  @Test
  void itHoldsNothingElseOfTheEngine() throws Exception {
    try (NamespaceHolder holder = launcher.hold(IDS, 0)) {
      // It tells that it is ready before it closes the last one.
      Path folder = Path.of("/proc/" + holder.pid() + "/fd");
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (count(folder) > 0 && System.nanoTime() < deadline) {
        Thread.sleep(1);
      }
      assertEquals(0, count(folder));
    }
  }

  private static long count(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void theNamespacesStayWithWhoHasThemOpen() throws Exception {
    int pid;
    Fd network;
    try (NamespaceHolder holder = launcher.hold(IDS, ProcessCalls.CLONE_NEWNET)) {
      pid = holder.pid();
      network = holder.open("net");
    }
    assertFalse(Files.exists(Path.of("/proc/" + pid)));
    try (Fd open = network) {
      String links =
          new NamespaceThread(kernel)
              .within(
                  open,
                  () -> {
                    try {
                      return Files.readString(Path.of("/proc/thread-self/net/dev"));
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      assertTrue(links.contains("lo:"), links);
    }
  }

  @Test
  void moreCanBeMadeInTheUserNamespaceOfAnother() throws Exception {
    try (NamespaceHolder first = launcher.hold(IDS, 0);
        NamespaceHolder second = launcher.holdIn(first.process(), ProcessCalls.CLONE_NEWUTS)) {
      assertEquals(namespace(first.pid(), "user"), namespace(second.pid(), "user"));
      assertNotEquals(namespace(first.pid(), "uts"), namespace(second.pid(), "uts"));
      assertEquals(map(first.pid(), "uid_map"), map(second.pid(), "uid_map"));
    }
  }

  @Test
  void whatTheKernelRefusesIsNamedAndNobodyIsLeft() {
    try (Fd self = kernel.processes().openPidfd(kernel.processes().pid()).orElseThrow()) {
      SyscallException refused =
          assertThrows(
              SyscallException.class, () -> launcher.holdIn(self, ProcessCalls.CLONE_NEWUTS));
      assertTrue(refused.is(Errno.EINVAL), refused.getMessage());
      assertTrue(refused.getMessage().startsWith("setns("), refused.getMessage());
    }
  }

  @Test
  void filesOnAMappedMountAndOnDiskHaveDifferentOwners(@TempDir Path folder) throws Exception {
    Files.createFile(folder.resolve("roots"));
    try (NamespaceHolder holder = launcher.hold(IDS, 0);
        Fd users = holder.open("user");
        Fd tree =
            kernel
                .mounts()
                .openTree(
                    io.jdocker.linux.FileCalls.AT_FDCWD,
                    folder.toString(),
                    io.jdocker.linux.MountCalls.OPEN_TREE_CLONE)) {
      kernel.mounts().mapIds(tree, users);
      assertEquals(100000, kernel.files().status(tree.number(), "roots", 0).uid());
      new NamespaceThread(kernel)
          .asFileOwner(
              IDS.hostUser(10),
              IDS.hostGroup(3),
              () -> {
                kernel
                    .files()
                    .open(tree.number(), "new", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0600, 0)
                    .close();
                return true;
              });
      assertEquals(5000, kernel.files().status(tree.number(), "new", 0).uid());
    }
    assertEquals(10, Files.getAttribute(folder.resolve("new"), "unix:uid"));
    assertEquals(3, Files.getAttribute(folder.resolve("new"), "unix:gid"));
  }
}
