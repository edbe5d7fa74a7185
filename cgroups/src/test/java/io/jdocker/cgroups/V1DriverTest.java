package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

/** The contract on v1 folders: cpu and cpuacct share one, cpuset has its own. */
final class V1DriverTest extends CgroupContract {
  private static final Kernel KERNEL = Kernel.load();

  private final FixtureFiles files =
      new FixtureFiles(KERNEL)
          .with("tasks", "")
          .with("cgroup.procs", "")
          .with("pids.max", "max")
          .with("pids.current", "0")
          .with("devices.allow", "")
          .with("devices.deny", "")
          .with("cpuset.cpus", "")
          .with("cpuset.mems", "")
          .with("freezer.state", "THAWED")
          .with("memory.usage_in_bytes", "0")
          .with("memory.limit_in_bytes", "9223372036854771712")
          .with("memory.max_usage_in_bytes", "0")
          .with("memory.failcnt", "0")
          .with("memory.stat", "cache 0")
          .with("memory.oom_control", "oom_kill 0")
          .with("cpu.stat", "nr_periods 0")
          .with("cpuacct.usage", "0")
          .with("cpuacct.stat", "user 0")
          .with("cpuacct.usage_percpu", "0");

  @Override
  CgroupDriver open(Path root) {
    files.refuse("cpuset.cpus", "4000", Errno.EINVAL);
    return new V1Driver(
        List.of(
            hierarchy("memory", new V1MemoryController()),
            hierarchy("cpu,cpuacct", new V1CpuController(), new V1CpuAccounting()),
            hierarchy("cpuset", new V1CpusetController()),
            hierarchy("pids", new PidsController()),
            hierarchy("devices", new V1DevicesController()),
            hierarchy("freezer", new PlainController("freezer"))),
        files,
        KERNEL);
  }

  private V1Hierarchy hierarchy(String mount, Controller... controllers) {
    Path point = root.resolve(mount);
    files.makeDirectory(point);
    FixtureFiles.put(point.resolve("cpuset.cpus"), "0-1");
    FixtureFiles.put(point.resolve("cpuset.mems"), "0");
    return new V1Hierarchy(
        new CgroupTree(point, CgroupParent.parse("/jdocker/nested"), files), List.of(controllers));
  }

  @Test
  void onlyPinnedContainersHaveACpuset() {
    make("free", Limits.none());
    assertTrue(Files.notExists(root.resolve("cpuset/jdocker")));
    make("pinned", Limits.builder().cpusetCpus("1").build());
    assertEquals("1", files.read(root.resolve("cpuset/jdocker/nested/pinned/cpuset.cpus")));
    assertEquals("0", files.read(root.resolve("cpuset/jdocker/nested/pinned/cpuset.mems")));
    assertEquals("0-1", files.read(root.resolve("cpuset/jdocker/cpuset.cpus")));
  }

  @Test
  void pinningARunningContainerMovesItsProcesses() {
    Cgroup cgroup = make("later", Limits.none());
    FixtureFiles.put(root.resolve("memory/jdocker/nested/later/cgroup.procs"), "42\n");
    cgroup.update(Limits.builder().cpusetCpus("0").build());
    assertEquals("42", files.read(root.resolve("cpuset/jdocker/nested/later/cgroup.procs")));
    assertEquals(6, cgroup.directories().size());
  }

  @Test
  void processesOfAnyHierarchyCountAndStrangersOfOtherNamespacesDoNot() {
    Cgroup cgroup = make("half", Limits.none());
    FixtureFiles.put(root.resolve("memory/jdocker/nested/half/cgroup.procs"), "42\n0\n");
    FixtureFiles.put(root.resolve("pids/jdocker/nested/half/cgroup.procs"), "43\n");
    assertEquals(List.of(42, 43), cgroup.processes());
  }
}
