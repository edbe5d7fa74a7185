package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How v2's controllers come from the top folder to a container's. */
final class V2DelegationTest {
  private static final Kernel KERNEL = Kernel.load();
  private static final String SWITCHES = "cgroup.subtree_control";
  private static final List<Controller> KNOWN =
      List.of(new V2MemoryController(), new V2CpuController(), new PidsController());

  @TempDir private Path root;
  private FixtureFiles files;
  private ControlDirectory top;

  @BeforeEach
  void fixture() {
    files =
        new FixtureFiles(KERNEL)
            .with("cgroup.controllers", "cpuset cpu io memory pids")
            .with(SWITCHES, "")
            .with("cgroup.procs", "");
    top = files.made(root.resolve("top"));
  }

  private ControlDirectory made(ControlDirectory above, String name) {
    ControlDirectory made = above.child(name);
    files.makeDirectory(made.path());
    return made;
  }

  private String switches(ControlDirectory directory) {
    return files.read(directory.path().resolve(SWITCHES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpuset cpu io memory pids|memory cpu pids",
        "pids|pids",
        "memory  pids|memory pids",
        "hugetlb rdma misc|''",
        "''|''",
        "cpu2 xpids|''",
      })
  void onlyWhatTheTreeHasIsUsed(String available, String used) {
    FixtureFiles.put(top.path().resolve("cgroup.controllers"), available + "\n");
    assertEquals(
        used,
        String.join(
            " ",
            V2Delegation.of(top, KNOWN).controllers().stream().map(Controller::name).toList()));
  }

  @Test
  void aNewParentAndWhatIsAboveItAreSwitchedOn() {
    ControlDirectory parent = made(top, "parent");
    V2Delegation.of(top, KNOWN).prepare(top, parent);
    assertEquals("+memory +cpu +pids", switches(top));
    assertEquals("+memory +cpu +pids", switches(parent));
  }

  @Test
  void whatIsOnIsNotWrittenAgain() {
    ControlDirectory parent = made(top, "parent");
    FixtureFiles.put(top.path().resolve(SWITCHES), "cpu memory pids\n");
    FixtureFiles.put(parent.path().resolve(SWITCHES), "memory\n");
    V2Delegation.of(top, KNOWN).prepare(top, parent);
    assertEquals(List.of("parent/" + SWITCHES + "=+cpu +pids"), lastOfEach());
  }

  /** A write that is tried and then recorded counts once. */
  private List<String> lastOfEach() {
    return files.writes().stream().distinct().toList();
  }

  @Test
  void withoutControllersNothingIsSwitched() {
    FixtureFiles.put(top.path().resolve("cgroup.controllers"), "");
    V2Delegation.of(top, KNOWN).prepare(top, made(top, "parent"));
    assertEquals(List.of(), files.writes());
  }

  /** "No internal processes": a group with processes cannot hand controllers down. */
  @Test
  void processesInTheWayMoveToALeaf() {
    FixtureFiles.put(top.path().resolve("cgroup.procs"), "7\n8\n");
    files.refuseOnce(SWITCHES, Errno.EBUSY);
    V2Delegation.of(top, KNOWN).prepare(top, made(top, "parent"));
    assertTrue(Files.exists(top.path().resolve("jdocker-engine")));
    assertTrue(files.writes().contains("jdocker-engine/cgroup.procs=7"));
    assertTrue(files.writes().contains("jdocker-engine/cgroup.procs=8"));
    assertEquals("+memory +cpu +pids", switches(top));
  }

  @Test
  void aLeafOfAnEarlierEngineIsUsedAgain() {
    made(top, "jdocker-engine");
    FixtureFiles.put(top.path().resolve("cgroup.procs"), "7\n");
    files.refuseOnce(SWITCHES, Errno.EBUSY);
    V2Delegation.of(top, KNOWN).prepare(top, made(top, "parent"));
    assertTrue(files.writes().contains("jdocker-engine/cgroup.procs=7"));
  }

  @Test
  void aProcessThatEndsOnItsWayToTheLeafIsNoFailure() {
    FixtureFiles.put(top.path().resolve("cgroup.procs"), "7\n8\n");
    files.refuseOnce(SWITCHES, Errno.EBUSY);
    files.refuse("cgroup.procs", "7", Errno.ESRCH);
    V2Delegation.of(top, KNOWN).prepare(top, made(top, "parent"));
    assertFalse(files.writes().contains("jdocker-engine/cgroup.procs=7"));
    assertTrue(files.writes().contains("jdocker-engine/cgroup.procs=8"));
  }

  @Test
  void aProcessThatCannotBeMovedIsOne() {
    FixtureFiles.put(top.path().resolve("cgroup.procs"), "7\n");
    files.refuseOnce(SWITCHES, Errno.EBUSY);
    files.refuse("cgroup.procs", "7", Errno.EACCES);
    ControlDirectory parent = made(top, "parent");
    SyscallException refused =
        assertThrows(
            SyscallException.class, () -> V2Delegation.of(top, KNOWN).prepare(top, parent));
    assertTrue(refused.is(Errno.EACCES));
  }

  @ParameterizedTest
  @CsvSource({"EACCES", "EINVAL", "ENOENT", "EROFS"})
  void anotherRefusalIsNotTakenForProcessesInTheWay(Errno errno) {
    files.refuse(SWITCHES, errno);
    ControlDirectory parent = made(top, "parent");
    SyscallException refused =
        assertThrows(
            SyscallException.class, () -> V2Delegation.of(top, KNOWN).prepare(top, parent));
    assertTrue(refused.is(errno));
    assertFalse(Files.exists(top.path().resolve("jdocker-engine")));
  }

  @Test
  void aNewGroupThatHasItsControllersCostsNothingMore() {
    ControlDirectory parent = made(top, "parent");
    V2Delegation.of(top, KNOWN).ensure(parent, made(parent, "one"));
    assertEquals(List.of(), files.writes());
  }

  /** The engine was killed between making a parent and switching its controllers on. */
  @Test
  void aGroupThatLacksThemGetsThemFromTheTopDown() {
    ControlDirectory upper = made(top, "upper");
    ControlDirectory lower = made(upper, "lower");
    ControlDirectory one = made(lower, "one");
    FixtureFiles.put(one.path().resolve("cgroup.controllers"), "");
    files.rule((file, value) -> Optional.empty());
    V2Delegation.of(top, KNOWN).ensure(lower, one);
    assertEquals(
        List.of(
            "top/" + SWITCHES + "=+memory +cpu +pids",
            "upper/" + SWITCHES + "=+memory +cpu +pids",
            "lower/" + SWITCHES + "=+memory +cpu +pids"),
        lastOfEach());
    assertEquals("", switches(one), "a group with processes of its own hands nothing down");
  }

  @Test
  void theTraceTellsWhatIsSwitchedOn() {
    Trace trace = Trace.on();
    ControlDirectory traced = new ControlDirectory(top.path(), files, trace);
    V2Delegation.of(traced, KNOWN).prepare(traced, made(traced, "parent"));
    assertTrue(
        trace.entries().stream()
            .anyMatch(entry -> entry.purpose().equals("hand controllers down")));
  }
}
