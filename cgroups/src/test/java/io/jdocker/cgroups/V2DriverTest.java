package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import java.nio.file.Path;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

/** The contract on v2 folders. No BPF program can be attached to these: every device is open. */
final class V2DriverTest extends CgroupContract {
  private static final Kernel KERNEL = Kernel.load();
  private static final String SWITCHES = "cgroup.subtree_control";

  private final FixtureFiles files =
      new FixtureFiles(KERNEL)
          .with("cgroup.controllers", "cpuset cpu io memory pids rdma")
          .with(SWITCHES, "")
          .with("cgroup.procs", "")
          .with("cgroup.events", "populated 0\nfrozen 0")
          .with("pids.max", "max")
          .with("pids.current", "0")
          .with("cpuset.cpus", "")
          .with("memory.current", "0")
          .with("memory.max", "max")
          .with("memory.events", "oom_kill 0")
          .with("memory.stat", "anon 0")
          .with("cpu.stat", "usage_usec 0")
          .with("io.stat", "");

  @Override
  List<DeviceRule> devices() {
    return List.of(DeviceRule.allowAll());
  }

  @Override
  CgroupDriver open(Path root) {
    files.refuse("cpuset.cpus", "4000", Errno.EINVAL);
    ControlDirectory mount = files.made(root.resolve("mount"));
    List<Controller> known =
        List.of(
            new V2MemoryController(),
            new V2CpuController(),
            new V2CpusetController(),
            new PidsController(),
            new V2IoController(path -> "8:0"));
    return new V2Driver(
        new CgroupTree(mount.path(), CgroupParent.parse("/jdocker"), files),
        V2Delegation.of(mount, known),
        KERNEL);
  }

  @Test
  void controllersAreHandedDownToTheParentNotToTheContainer() {
    make("one", Limits.builder().build());
    String all = "+memory +cpu +cpuset +pids +io";
    assertEquals(all, files.read(root.resolve("mount").resolve(SWITCHES)));
    assertEquals(all, files.read(root.resolve("mount/jdocker").resolve(SWITCHES)));
    assertEquals("", files.read(root.resolve("mount/jdocker/one").resolve(SWITCHES)));
  }

  @Test
  void aRootWithProcessesIsEmptiedIntoALeaf() {
    // What an engine in a container finds: its cgroup namespace's root holds the engine itself.
    FixtureFiles.put(root.resolve("mount/cgroup.procs"), "7\n8\n");
    files.refuseOnce(SWITCHES, Errno.EBUSY);
    make("one", Limits.builder().build());
    assertTrue(
        files
            .writes()
            .containsAll(
                List.of("jdocker-engine/cgroup.procs=7", "jdocker-engine/cgroup.procs=8")));
    assertTrue(files.read(root.resolve("mount").resolve(SWITCHES)).contains("+memory"));
  }

  @Test
  void aParentThatLacksControllersIsRepaired() {
    make("one", Limits.builder().build());
    FixtureFiles.put(root.resolve("mount/jdocker").resolve(SWITCHES), "");
    files.with("cgroup.controllers", "");
    make("two", Limits.builder().build());
    assertTrue(files.read(root.resolve("mount/jdocker").resolve(SWITCHES)).contains("+pids"));
  }
}
