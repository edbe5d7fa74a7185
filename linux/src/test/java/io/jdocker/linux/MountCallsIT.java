package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mounts, on a thread with a mount namespace of its own, so that the host sees none of them. */
final class MountCallsIT {
  private final Kernel kernel = Kernel.load();
  private final MountCalls mounts = kernel.mounts();
  @TempDir Path dir;
  private Path source;
  private Path target;

  @BeforeEach
  void makeFolders() throws IOException {
    source = Files.createDirectory(dir.resolve("source"));
    Files.writeString(source.resolve("file"), "content");
    target = Files.createDirectory(dir.resolve("target"));
  }

  /** Work that may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private void isolated(Work work) throws Exception {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              kernel.processes().unshare(ProcessCalls.CLONE_NEWNS);
              mounts.mount(null, "/", null, MountCalls.MS_PRIVATE | MountCalls.MS_REC, null);
              work.run();
              return true;
            });
    Thread thread = new Thread(task, "mounts");
    thread.start();
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    }
  }

  /** The mount points below the test's folder, as the calling thread sees them. */
  private List<String> points() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/mountinfo"))) {
      return lines
          .map(line -> line.split(" ", 6)[4])
          .filter(point -> point.startsWith(dir.toString()))
          .map(point -> point.substring(dir.toString().length()))
          .toList();
    }
  }

  private void bind() {
    mounts.mount(source.toString(), target.toString(), null, MountCalls.MS_BIND, null);
  }

  private static void assertRefused(Errno errno, Runnable call) {
    SyscallException e = assertThrows(SyscallException.class, call::run);
    assertTrue(e.is(errno), e.getMessage());
  }

  private int openFlags(String path, int flags) {
    return kernel.files().open(path, flags, 0600).number();
  }

  @Test
  void aBindMountShowsTheSourceAndIsGoneAfterUnmount() throws Exception {
    isolated(
        () -> {
          bind();
          assertEquals("content", Files.readString(target.resolve("file")));
          assertEquals(List.of("/target"), points());
          mounts.unmount(target.toString(), 0);
          assertEquals(List.of(), points());
          assertFalse(Files.exists(target.resolve("file")));
        });
    assertEquals(List.of(), points());
  }

  @Test
  void nothingOfANamespaceOfItsOwnIsSeenOutside() throws Exception {
    isolated(
        () -> {
          bind();
          assertEquals(List.of("/target"), points());
          // The JVM's first thread has stayed in the host's namespace.
          try (Stream<String> host = Files.lines(Path.of("/proc/self/mountinfo"))) {
            assertTrue(host.noneMatch(line -> line.contains(target.toString())));
          }
        });
  }

  @Test
  void aDetachedTreeMadeReadOnlyStaysSoWhereItIsAttached() throws Exception {
    isolated(
        () -> {
          try (Fd tree =
              mounts.openTree(FileCalls.AT_FDCWD, source.toString(), MountCalls.OPEN_TREE_CLONE)) {
            mounts.setReadOnly(tree);
            assertEquals(List.of(), points());
            attach(tree);
          }
          assertEquals("content", Files.readString(target.resolve("file")));
          assertRefused(
              Errno.EROFS,
              () -> openFlags(target + "/new", OpenFlags.O_WRONLY | OpenFlags.O_CREAT));
          // The source itself is writable still.
          Files.writeString(source.resolve("new"), "x");
          mounts.unmount(target.toString(), MountCalls.MNT_DETACH);
        });
  }

  private void attach(Fd tree) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () -> "move_mount",
          Sys.MOVE_MOUNT,
          tree.number(),
          arena.string(""),
          FileCalls.AT_FDCWD,
          arena.string(target.toString()),
          MountCalls.MOVE_MOUNT_F_EMPTY_PATH);
    }
  }

  @Test
  void readOnlyHoldsForWhatIsMountedBelowToo() throws Exception {
    isolated(
        () -> {
          Files.createDirectory(source.resolve("inner"));
          mounts.mount("tmpfs", source + "/inner", "tmpfs", 0, "size=64k");
          int recursive = MountCalls.OPEN_TREE_CLONE | MountCalls.AT_RECURSIVE;
          try (Fd tree = mounts.openTree(FileCalls.AT_FDCWD, source.toString(), recursive)) {
            mounts.setReadOnly(tree);
            attach(tree);
          }
          assertRefused(
              Errno.EROFS,
              () -> openFlags(target + "/inner/new", OpenFlags.O_WRONLY | OpenFlags.O_CREAT));
        });
  }

  @Test
  void withoutRecursionWhatIsMountedBelowIsLeftOut() throws Exception {
    isolated(
        () -> {
          Files.createDirectory(source.resolve("inner"));
          mounts.mount("tmpfs", source + "/inner", "tmpfs", 0, null);
          Files.writeString(source.resolve("inner/hidden"), "x");
          try (Fd tree =
              mounts.openTree(FileCalls.AT_FDCWD, source.toString(), MountCalls.OPEN_TREE_CLONE)) {
            attach(tree);
          }
          assertTrue(Files.isDirectory(target.resolve("inner")));
          assertFalse(Files.exists(target.resolve("inner/hidden")));
        });
  }

  @Test
  void aTreeThatNobodyAttachedIsGoneWithItsDescriptor() throws Exception {
    isolated(
        () -> {
          Fd tree =
              mounts.openTree(FileCalls.AT_FDCWD, source.toString(), MountCalls.OPEN_TREE_CLONE);
          String inside = tree.procPath() + "/file";
          assertEquals("content", Files.readString(Path.of(inside)));
          tree.close();
          assertFalse(Files.exists(Path.of(inside)));
          assertEquals(List.of(), points());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "/none,   /target, '',     4096, ENOENT",
    "/source, /none,   '',     4096, ENOENT",
    "/source, /target, nosuch, 0,    ENODEV",
    "/source, /source/file, '', 4096, ENOTDIR"
  })
  void aRefusedMountNamesItsOperandsAndTheErrno(
      String from, String to, String type, long flags, Errno errno) throws Exception {
    isolated(
        () -> {
          SyscallException e =
              assertThrows(
                  SyscallException.class,
                  () -> mounts.mount(dir + from, dir + to, type, flags, null));
          assertTrue(e.is(errno), e.getMessage());
          assertEquals(
              "mount("
                  + dir
                  + from
                  + ", "
                  + dir
                  + to
                  + ", "
                  + type
                  + ", 0x"
                  + Long.toHexString(flags)
                  + ", null): "
                  + SyscallException.describe(errno.intValue()),
              e.getMessage());
          assertEquals(List.of(), points());
        });
  }

  @Test
  void anUnmountDoesNotFollowALinkWhereAsked() throws Exception {
    isolated(
        () -> {
          bind();
          Path link = Files.createSymbolicLink(dir.resolve("link"), target);
          assertRefused(
              Errno.EINVAL, () -> mounts.unmount(link.toString(), MountCalls.UMOUNT_NOFOLLOW));
          assertEquals(List.of("/target"), points());
          mounts.unmount(link.toString(), 0);
          assertEquals(List.of(), points());
        });
  }

  @Test
  void aMountInUseIsBusyUnlessItIsDetached() throws Exception {
    isolated(
        () -> {
          mounts.mount("tmpfs", target.toString(), "tmpfs", 0, null);
          Files.writeString(target.resolve("file"), "x");
          try (Fd open = kernel.files().open(target + "/file", OpenFlags.O_RDONLY, 0)) {
            assertRefused(Errno.EBUSY, () -> mounts.unmount(target.toString(), 0));
            mounts.unmount(target.toString(), MountCalls.MNT_DETACH);
            assertEquals(List.of(), points());
            assertTrue(open.isOpen());
          }
        });
  }

  @Test
  void whatIsNoMountCannotBeUnmounted() throws Exception {
    isolated(() -> assertRefused(Errno.EINVAL, () -> mounts.unmount(target.toString(), 0)));
  }

  @Test
  void aTreeOfNothingIsRefused() {
    assertRefused(
        Errno.ENOENT,
        () -> mounts.openTree(FileCalls.AT_FDCWD, dir + "/none", MountCalls.OPEN_TREE_CLONE));
  }

  @Test
  void onlyATreeCanBeMadeReadOnly() throws Exception {
    isolated(
        () -> {
          try (Fd file = kernel.files().open(source + "/file", OpenFlags.O_RDONLY, 0)) {
            assertRefused(Errno.EINVAL, () -> mounts.setReadOnly(file));
          }
        });
  }
}
