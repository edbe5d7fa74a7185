package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of cgroups: made where much or nothing is there, removed where the kernel is slow. */
final class CgroupTreeTest {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path mount;
  private FixtureFiles files;
  private CgroupTree tree;
  private final List<String> prepared = new ArrayList<>();

  @BeforeEach
  void makeTree() {
    files = new FixtureFiles(KERNEL).with("cgroup.procs", "");
    tree = new CgroupTree(mount, CgroupParent.parse("/a/b"), files);
  }

  private ControlDirectory make(String id) {
    ControlDirectory directory = tree.directory(id, Trace.off());
    tree.make(directory, (above, made) -> prepared.add(name(above) + ">" + name(made)));
    return directory;
  }

  private String name(ControlDirectory directory) {
    return directory.path().equals(mount) ? "/" : directory.path().getFileName().toString();
  }

  @Test
  void theParentIsMadeAndPreparedFromTheTopOnlyOnce() {
    make("one");
    assertEquals(List.of("/>a", "a>b"), prepared);
    make("two");
    assertEquals(List.of("/>a", "a>b"), prepared, "a parent that is there costs nothing");
    assertEquals(List.of("one", "two"), tree.ids());
  }

  @Test
  void aParentThatAnotherEngineHasMadeMeanwhileIsNoFailure() {
    make("first");
    files.refuseMake("one", Errno.ENOENT, 1);
    make("one");
    assertEquals(List.of("first", "one"), tree.ids());
    assertEquals(List.of("/>a", "a>b", "/>a", "a>b"), prepared, "it is prepared all the same");
  }

  @Test
  void aLeftoverIsRemovedWithWhatIsBelowIt() {
    ControlDirectory left = make("one");
    files.makeDirectory(left.path().resolve("inner"));
    files.makeDirectory(left.path().resolve("inner/most"));
    make("one");
    assertFalse(Files.exists(left.path().resolve("inner")));
    assertEquals(List.of("one"), tree.ids());
  }

  @Test
  void aLeftoverInUseIsNotTouched() {
    ControlDirectory busy = make("one");
    files.makeDirectory(busy.path().resolve("inner"));
    FixtureFiles.put(busy.path().resolve("inner/cgroup.procs"), "17\n18\n");
    Conflict refused = assertThrows(Conflict.class, () -> make("one"));
    assertTrue(refused.getMessage().contains("[17, 18]"), refused.getMessage());
    assertTrue(refused.getMessage().contains("--root"), refused.getMessage());
    assertTrue(Files.exists(busy.path().resolve("inner")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EACCES", "EROFS", "EPERM", "ENOSPC"})
  void whatCannotBeMadeIsNamed(Errno errno) {
    make("one");
    files.refuseMake("two", errno, 1);
    SystemFailure failure = assertThrows(SystemFailure.class, () -> make("two"));
    assertTrue(failure.getMessage().contains(mount + "/a/b/two"), failure.getMessage());
    assertTrue(failure.getMessage().contains(errno.name()), failure.getMessage());
    assertTrue(failure.getMessage().contains("root"), failure.getMessage());
  }

  /** A process that has just ended is still counted for a moment. */
  @ParameterizedTest
  @CsvSource({"EBUSY, 1", "EBUSY, 7", "ENOTEMPTY, 3"})
  void aRemovalIsTriedAgainWhileTheKernelIsBusy(Errno errno, int times) {
    ControlDirectory one = make("one");
    files.refuseRemoval("one", errno, times);
    CgroupTree.removeAll(one);
    assertFalse(Files.exists(one.path()));
  }

  @Test
  void aRemovalWithProcessesGivesUpAtOnce() {
    ControlDirectory one = make("one");
    FixtureFiles.put(one.path().resolve("cgroup.procs"), "9\n");
    files.refuseRemoval("one", Errno.EBUSY, Integer.MAX_VALUE / 1_000_000);
    assertThrows(Conflict.class, () -> CgroupTree.removeAll(one));
    assertTrue(Files.exists(one.path()));
  }

  @Test
  void whatIsGoneIsRemoved() {
    ControlDirectory one = make("one");
    CgroupTree.removeAll(one);
    CgroupTree.removeAll(one);
    assertTrue(CgroupTree.removed(tree.directory("never", Trace.off())));
  }

  @Test
  void anotherFailureOfARemovalIsNotHidden() {
    ControlDirectory one = make("one");
    files.refuseRemoval("one", Errno.EACCES, 1);
    SyscallException refused =
        assertThrows(SyscallException.class, () -> CgroupTree.removeAll(one));
    assertTrue(refused.is(Errno.EACCES));
  }

  @Test
  void aParentThatSomebodyElseUsesStays() {
    ControlDirectory one = make("one");
    tree.removeParent();
    assertTrue(Files.exists(one.path()));
    CgroupTree.removeAll(one);
    files.makeDirectory(mount.resolve("a/others"));
    tree.removeParent();
    assertFalse(Files.exists(mount.resolve("a/b")));
    assertTrue(Files.exists(mount.resolve("a/others")));
    assertTrue(Files.exists(mount), "never the mount itself");
  }

  @Test
  void anotherParentIsAnotherTree() {
    make("one");
    CgroupTree other = tree.under(CgroupParent.parse("/c"));
    assertEquals(List.of(), other.ids());
    other.make(other.directory("two", Trace.off()), (above, made) -> {});
    assertEquals(List.of("one"), tree.ids());
    assertEquals(List.of("two"), other.ids());
    assertTrue(Files.exists(mount.resolve("c/two")));
  }

  /** Names become paths on the host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a",
        "a/b",
        "/..",
        "/a/..",
        "/../a",
        "/a/../../b",
        "/a/./b",
        "/.",
        "/a b",
        "/-a",
        "/a/",
        "/a\nb",
        "/a/\0",
        "/ä",
        "/.hidden"
      })
  void aParentIsAnAbsolutePathOfPlainNames(String path) {
    assertThrows(InvalidArgument.class, () -> CgroupParent.parse(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/a, a",
    "//a, a",
    "/a//b, a b",
    "/system.slice/x-1_2.scope, system.slice x-1_2.scope"
  })
  void theNamesOfAParent(String path, String names) {
    assertEquals(List.of(names.split(" ", -1)), CgroupParent.parse(path).names());
  }
}
