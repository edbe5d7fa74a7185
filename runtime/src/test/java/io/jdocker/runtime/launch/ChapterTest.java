package io.jdocker.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Step;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each chapter's calls, as golden lists. */
final class ChapterTest {
  private final LaunchProgram.Builder program = LaunchProgram.builder();
  private final Calls calls = new Calls(program);

  @Test
  void theRootIsStackedAndPivotedToWithoutAPlaceForTheOldOne() {
    RootChapter.write(calls, new Plans().plan());
    assertCalls(
        "mount(NULL, \"/\", NULL, MS_REC|MS_SLAVE, NULL)",
        "chdir(\"/root/snapshots\")",
        "mount(\"overlay\", \"/root/mnt\", \"overlay\", 0, \"lowerdir=l/A:l/B,upperdir=u,workdir=w\")",
        "chdir(\"/root/mnt\")",
        "pivot_root(\".\", \".\")",
        "umount2(\".\", MNT_DETACH)",
        "chdir(\"/\")");
    assertShell(
        "mount --make-rslave /",
        "cd /root/snapshots",
        "mount -t overlay -o lowerdir=l/A:l/B,upperdir=u,workdir=w overlay /root/mnt",
        "cd /root/mnt",
        "pivot_root . .",
        "umount -l .");
  }

  @Test
  void sysIsReachedThroughNoLinkAndReadOnly() {
    KernelFilesChapter.mountSys(calls, false);
    assertCalls(
        "mkdirat(AT_FDCWD, \"/sys\", 0755)",
        "openat2(AT_FDCWD, \"/sys\", {O_PATH, RESOLVE_NO_SYMLINKS}, 24)",
        "fchdir(<openat2>)",
        "close(<openat2>)",
        "mount(\"sysfs\", \".\", \"sysfs\", MS_RDONLY|MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL)",
        "chdir(\"/sys\")",
        "chdir(\"/\")");
  }

  @Test
  void procIsMountedLikewiseButWritable() {
    KernelFilesChapter.mountProc(calls);
    assertEquals(
        "mount(\"proc\", \".\", \"proc\", MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL)", shown().get(4));
    assertShell("mkdir -p -m 755 /proc", "mount -t proc -o nosuid,nodev,noexec proc /proc");
  }

  @Test
  void cve202531133AFileIsHiddenByACopyOfOurOwnNull() {
    Step nullDevice = calls.call("ours", Sys.OPENAT);
    KernelFilesChapter.mask(
        calls,
        new ProtectedPaths(List.of("/proc/kcore"), List.of("/sys/firmware"), List.of()),
        nullDevice);
    assertCalls(
        "openat()",
        "open_tree(<openat>, \"\", AT_EMPTY_PATH|OPEN_TREE_CLONE)",
        "move_mount(<open_tree>, \"\", AT_FDCWD, \"/proc/kcore\", MOVE_MOUNT_F_EMPTY_PATH)",
        "close(<open_tree>)",
        "mount(\"tmpfs\", \"/sys/firmware\", \"tmpfs\", MS_RDONLY, \"size=0k\")");
    assertShell(
        "mount --bind /dev/null /proc/kcore", "mount -t tmpfs -o ro,size=0k tmpfs /sys/firmware");
  }

  @Test
  void aPathIsReadOnlyBeforeItIsSeen() {
    KernelFilesChapter.makeReadOnly(
        calls, new ProtectedPaths(List.of(), List.of(), List.of("/proc/sys")));
    assertCalls(
        "open_tree(AT_FDCWD, \"/proc/sys\", OPEN_TREE_CLONE)",
        "mount_setattr(<open_tree>, \"\", AT_EMPTY_PATH, {MOUNT_ATTR_RDONLY}, 32)",
        "move_mount(<open_tree>, \"\", AT_FDCWD, \"/proc/sys\", MOVE_MOUNT_F_EMPTY_PATH)",
        "close(<open_tree>)");
  }

  @Test
  void whatTheKernelLacksIsNotProtectedAndDockersListIsWhole() {
    ProtectedPaths here = ProtectedPaths.ofThisKernel();
    assertTrue(here.readOnly().contains("/proc/sys"), here::toString);
    assertTrue(ProtectedPaths.MASKED.containsAll(here.maskedFiles()));
    assertTrue(ProtectedPaths.MASKED.containsAll(here.maskedFolders()));
    assertEquals(new ProtectedPaths(List.of(), List.of(), List.of()), ProtectedPaths.none());
  }

  @Test
  void foldersAboveAVolumeAreMadeAndAFileGetsAFile() {
    VolumeChapter.write(
        calls,
        List.of(
            new VolumeMount.Tree(Plans.fd(30), "/h", "/a/b", true, false),
            new VolumeMount.Tree(Plans.fd(31), "/h/f", "/etc/f", false, true),
            new VolumeMount.Tree(Plans.fd(32), "/h/g", "/g", false, true),
            new VolumeMount.FileSystem("tmpfs", "/run", 2 | 4, "size=64m")));
    String flags = "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_SYMLINKS)";
    assertCalls(
        "mkdirat(AT_FDCWD, \"/a\", 0755)",
        "mkdirat(AT_FDCWD, \"/a/b\", 0755)",
        "move_mount(30, \"\", AT_FDCWD, \"/a/b\", " + flags,
        "mkdirat(AT_FDCWD, \"/etc\", 0755)",
        "mknodat(AT_FDCWD, \"/etc/f\", 0100644, 0)",
        "move_mount(31, \"\", AT_FDCWD, \"/etc/f\", " + flags,
        "mknodat(AT_FDCWD, \"/g\", 0100644, 0)",
        "move_mount(32, \"\", AT_FDCWD, \"/g\", " + flags,
        "mkdirat(AT_FDCWD, \"/run\", 0755)",
        "mount(\"tmpfs\", \"/run\", \"tmpfs\", MS_NOSUID|MS_NODEV, \"size=64m\")");
  }

  @Test
  void devHasTheDevicesEveryProgramExpectsAndTheCustomaryLinks() {
    DeviceChapter.write(calls, List.of(), 1024, Optional.empty());
    assertTrue(
        shell()
            .containsAll(
                List.of(
                    "mknod /dev/null c 1 3 && chmod 666 /dev/null",
                    "mknod /dev/zero c 1 5 && chmod 666 /dev/zero",
                    "mknod /dev/full c 1 7 && chmod 666 /dev/full",
                    "mknod /dev/random c 1 8 && chmod 666 /dev/random",
                    "mknod /dev/urandom c 1 9 && chmod 666 /dev/urandom",
                    "mknod /dev/tty c 5 0 && chmod 666 /dev/tty",
                    "ln -s /proc/self/fd /dev/fd",
                    "ln -s /proc/self/fd/2 /dev/stderr",
                    "ln -s pts/ptmx /dev/ptmx")),
        () -> shell().toString());
    assertTrue(shown().contains("mknodat(AT_FDCWD, \"/dev/null\", 020666, 1:3)"));
    assertTrue(
        shown()
            .contains(
                "mount(\"devpts\", \"/dev/pts\", \"devpts\", MS_NOSUID|MS_NOEXEC,"
                    + " \"newinstance,ptmxmode=0666,mode=0620,gid=5\")"));
    assertTrue(
        shown()
            .contains(
                "mount(\"shm\", \"/dev/shm\", \"tmpfs\", MS_NOSUID|MS_NODEV|MS_NOEXEC,"
                    + " \"mode=1777,size=1024\")"));
  }

  @Test
  void devicesOfTheHostFollowAndAnothersSharedMemoryIsNotCovered() {
    DeviceChapter.write(
        calls, List.of(new DeviceNode("/dev/sda", 060660, 8, 0, 0, 6)), 0, Optional.empty());
    assertTrue(shown().contains("mknodat(AT_FDCWD, \"/dev/sda\", 060660, 8:0)"));
    assertTrue(shell().contains("mknod /dev/sda b 8 0 && chmod 660 /dev/sda"));
    assertTrue(shell().contains("chown -h 0:6 /dev/sda"));
    assertTrue(shown().stream().noneMatch(call -> call.startsWith("mount(\"shm\"")));
    assertTrue(shown().contains("mkdirat(AT_FDCWD, \"/dev/shm\", 01777)"));
  }

  @Test
  void theSlaveIsOpenedFromItsMasterAndBecomesEverything() {
    TerminalChapter.write(calls, new TerminalChapter.TerminalSize(24, 80), 7);
    assertCalls(
        "openat(AT_FDCWD, \"/dev/pts/ptmx\", O_RDWR|O_NOCTTY)",
        "unshare(CLONE_FILES)",
        "ioctl(<openat>, TIOCSPTLCK, [0])",
        "ioctl(<openat>, TIOCGPTPEER, O_RDWR|O_NOCTTY)",
        "ioctl(<openat>, TIOCSWINSZ, {24 rows, 80 columns})",
        "fchown(<ioctl>, 7, -1)",
        "dup3(<ioctl>, 0, 0)",
        "dup3(<ioctl>, 1, 0)",
        "dup3(<ioctl>, 2, 0)",
        "ioctl(0, TIOCSCTTY, 0)");
  }

  @Test
  void theConsoleIsTheSlaveByItsDescriptor() {
    TerminalChapter.bindConsole(calls);
    assertCalls(
        "mknodat(AT_FDCWD, \"/dev/console\", 0100644, 0)",
        "open_tree(0, \"\", AT_EMPTY_PATH|OPEN_TREE_CLONE)",
        "move_mount(<open_tree>, \"\", AT_FDCWD, \"/dev/console\", MOVE_MOUNT_F_EMPTY_PATH)",
        "close(<open_tree>)");
  }

  @Test
  void pipesGoToTheStandardNumbersInTheirOrder() {
    Streams.connect(calls, new Streams.Pipes(Plans.fd(10), Plans.fd(11), Plans.fd(12)));
    assertCalls("dup3(10, 0, 0)", "dup3(11, 1, 0)", "dup3(12, 2, 0)");
  }

  private void assertCalls(String... expected) {
    assertEquals(List.of(expected), shown());
  }

  private void assertShell(String... expected) {
    assertEquals(List.of(expected), shell());
  }

  private List<String> shown() {
    return program.build().steps().stream().map(Step::toString).toList();
  }

  private List<String> shell() {
    return program.build().steps().stream()
        .map(Step::shellCommand)
        .filter(Objects::nonNull)
        .toList();
  }
}
