package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of several hierarchies, some of which are missing, refuse, or are half gone. */
final class V1CgroupTest {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path root;
  private FixtureFiles files;

  @BeforeEach
  void fixture() {
    files =
        new FixtureFiles(KERNEL)
            .with("tasks", "")
            .with("cgroup.procs", "")
            .with("pids.max", "max")
            .with("pids.current", "3")
            .with("freezer.state", "THAWED")
            .with("cpuset.cpus", "")
            .with("cpuset.mems", "");
  }

  private V1Driver driver(Controller... controllers) {
    List<V1Hierarchy> hierarchies = new ArrayList<>();
    for (Controller controller : controllers) {
      Path point = root.resolve(controller.name());
      files.makeDirectory(point);
      FixtureFiles.put(point.resolve("cpuset.cpus"), "0-1");
      FixtureFiles.put(point.resolve("cpuset.mems"), "0");
      hierarchies.add(
          new V1Hierarchy(
              new CgroupTree(point, CgroupParent.parse("/j"), files), List.of(controller)));
    }
    return new V1Driver(hierarchies, files, KERNEL);
  }

  private static Cgroup make(CgroupDriver driver, String id) {
    return driver.create(id, Limits.none(), List.of(), Trace.off());
  }

  private static PlainController freezer() {
    return new PlainController(V1Freezer.NAME);
  }

  @Test
  void aLimitThatIsRefusedTakesBackTheOtherHierarchies() {
    V1Driver driver = driver(freezer(), new PidsController());
    files.refuse("pids.max", Errno.EINVAL);
    Limits limits = Limits.builder().pids(5).build();
    assertThrows(InvalidArgument.class, () -> driver.create("one", limits, List.of(), Trace.off()));
    assertEquals(List.of(), driver.list());
    assertFalse(Files.exists(root.resolve("freezer/j/one")));
  }

  @Test
  void withoutAFreezerThereIsNoPauseAndTheErrorSaysWhy() {
    Cgroup cgroup = make(driver(new PidsController()), "one");
    assertFalse(cgroup.isFrozen());
    Unsupported refused = assertThrows(Unsupported.class, cgroup::freeze);
    assertTrue(refused.getMessage().contains("freezer"), refused.getMessage());
    assertThrows(Unsupported.class, cgroup::thaw);
  }

  @Test
  void aPauseIsTheFreezersState() {
    Cgroup cgroup = make(driver(freezer()), "one");
    cgroup.freeze();
    assertTrue(cgroup.isFrozen());
    cgroup.thaw();
    assertFalse(cgroup.isFrozen());
    assertEquals(List.of("one/freezer.state=FROZEN", "one/freezer.state=THAWED"), files.writes());
  }

  /** FREEZING until the next write: a process that was being made slipped through. */
  @Test
  void theFreezerIsAskedAgainWhileItIsStillFreezing() {
    Cgroup cgroup = make(driver(freezer()), "one");
    int[] asked = {0};
    files.shows("FROZEN", "FREEZING");
    files.rule(
        (file, value) -> {
          if (value.equals("FROZEN") && ++asked[0] == 3) {
            files.shows("FROZEN", "FROZEN");
          }
          return Optional.empty();
        });
    cgroup.freeze();
    assertEquals(3, asked[0]);
    assertTrue(cgroup.isFrozen());
  }

  @Test
  void withoutMemoryAndProcessControllersNothingIsCounted() {
    Cgroup cgroup = make(driver(freezer()), "one");
    assertEquals(0, cgroup.oomKills());
    CgroupStats stats = cgroup.stats();
    assertEquals(0, stats.memory().usage());
    assertEquals(CgroupStats.NO_LIMIT, stats.memory().limit());
    assertEquals(CgroupStats.NO_LIMIT, stats.pids().limit());
    assertEquals(List.of(), stats.cpu().perCpu());
    assertTrue(stats.pressure().isEmpty());
  }

  @Test
  void whatACrashLeftInSomeHierarchiesIsFoundListedAndRemoved() {
    V1Driver driver = driver(freezer(), new PidsController());
    make(driver, "half");
    files.removeDirectory(root.resolve("pids/j/half"));
    Cgroup found = driver.find("half").orElseThrow();
    assertEquals(List.of(root.resolve("freezer/j/half")), found.directories());
    assertEquals(List.of("half"), driver.list());
    found.remove();
    assertEquals(List.of(), driver.list());
  }

  @Test
  void aGroupThatVanishesWhileItIsRemovedIsRemoved() {
    V1Driver driver = driver(freezer(), new PidsController());
    Cgroup cgroup = make(driver, "one");
    files.removeDirectory(root.resolve("pids/j/one"));
    cgroup.remove();
    assertTrue(driver.find("one").isEmpty());
  }

  @Test
  void aBusyHierarchyIsKilledAndTriedAgain() {
    V1Driver driver = driver(freezer(), new PidsController());
    Cgroup cgroup = make(driver, "one");
    files.refuseRemoval("one", Errno.EBUSY, 4);
    cgroup.remove();
    assertEquals(List.of(), driver.list());
  }

  @Test
  void theAbilitiesAreThoseOfAllHierarchies() {
    assertEquals(
        Set.of(Ability.PIDS, Ability.CPUSET),
        driver(freezer(), new PidsController(), new V1CpusetController()).abilities());
  }

  @Test
  void theHierarchyThatSystemdNamedIsJoinedButNoController() {
    V1Driver driver = driver(new PidsController(), new PlainController(PlainController.SYSTEMD));
    assertEquals(Set.of("pids"), driver.controllers());
    assertEquals(2, make(driver, "one").directories().size());
  }

  @Test
  void anotherParentHasTheSameHierarchies() {
    V1Driver driver = driver(freezer(), new PidsController());
    CgroupDriver other = driver.under("/mine/deep");
    Cgroup cgroup = make(other, "one");
    assertEquals(
        List.of(root.resolve("freezer/mine/deep/one"), root.resolve("pids/mine/deep/one")),
        cgroup.directories());
    assertTrue(driver.find("one").isEmpty());
    assertEquals(driver.controllers(), other.controllers());
    assertThrows(InvalidArgument.class, () -> driver.under("/mine/../.."));
  }

  @Test
  void aMoveOfARunningContainerToACpusetThatFailsIsTold() {
    V1Driver driver = driver(new PidsController(), new V1CpusetController());
    Cgroup cgroup = make(driver, "one");
    files.refuse("cpuset.cpus", "1", Errno.EINVAL);
    assertThrows(
        InvalidArgument.class, () -> cgroup.update(Limits.builder().cpusetCpus("1").build()));
    assertEquals(1, cgroup.directories().size(), "it is not counted as pinned");
  }

  @Test
  void aPinnedContainerIsPinnedAnewInItsFolder() {
    V1Driver driver = driver(new PidsController(), new V1CpusetController());
    Cgroup cgroup =
        driver.create("one", Limits.builder().cpusetCpus("0").build(), List.of(), Trace.off());
    cgroup.update(Limits.builder().cpusetCpus("1").build());
    assertEquals("1", files.read(root.resolve("cpuset/j/one/cpuset.cpus")));
    assertEquals(2, cgroup.directories().size());
  }
}
