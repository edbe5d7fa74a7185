package io.jdocker.cgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The v2 driver on a hybrid host's unified tree, which has no controllers, but freezer, kill and
 * the BPF device program: these are of the kernel's core. So they are tested here too, and not only
 * where v2 is alone.
 */
@Timeout(60)
final class UnifiedTreeIT {
  private final Kernel kernel = Kernel.load();
  private final String parent = "/jdocker-it-unified-" + ProcessHandle.current().pid();
  private CgroupDriver driver;
  private Path mount;

  @BeforeEach
  void open() throws IOException {
    mount =
        CgroupMounts.parse(Files.readAllLines(Path.of("/proc/self/mountinfo")))
            .unified()
            .orElse(null);
    assumeTrue(mount != null, "no cgroup2 is mounted");
    KernelFiles files = new KernelFiles(kernel);
    CgroupTree tree = new CgroupTree(mount, CgroupParent.parse(parent), files);
    // As on a host whose controllers are all v1's.
    driver = new V2Driver(tree, new V2Delegation(List.of()), kernel);
  }

  @AfterEach
  void nothingIsLeft() {
    if (driver != null) {
      for (String id : driver.list()) {
        driver.find(id).ifPresent(Cgroup::remove);
      }
      driver.close();
      assertFalse(Files.exists(mount.resolve(parent.substring(1))));
    }
  }

  private static Process start(Cgroup cgroup, String script) throws IOException {
    String join = "echo 0 > " + cgroup.directories().get(0) + "/cgroup.procs || exit 99\n";
    return new ProcessBuilder("/bin/sh", "-c", join + script).redirectErrorStream(true).start();
  }

  private static String output(Cgroup cgroup, String script) throws IOException {
    return new String(start(cgroup, script).getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void theKernelTakesTheProgramOfDockersRulesAndAsksIt() throws IOException {
    Cgroup cgroup = driver.create("dev", Limits.none(), DeviceRule.dockerDefaults(), Trace.off());
    assertEquals("ok\n", output(cgroup, "head -c1 /dev/zero >/dev/null && echo ok"));
    assertTrue(output(cgroup, "head -c0 /dev/kmsg").contains("Operation not permitted"));
  }

  @Test
  void readAndWriteAreAskedApart() throws IOException {
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.dockerDefaults());
    rules.add(DeviceRule.parse("c 1:11 r"));
    Cgroup cgroup = driver.create("read", Limits.none(), rules, Trace.off());
    assertEquals("ok\n", output(cgroup, "head -c0 /dev/kmsg && echo ok"));
    assertTrue(output(cgroup, "echo x > /dev/kmsg").contains("Operation not permitted"));
  }

  @Test
  void noRulesAtAllCloseEveryDevice() throws IOException {
    Cgroup cgroup = driver.create("none", Limits.none(), List.of(), Trace.off());
    assertTrue(output(cgroup, "exec 2>&1; : < /dev/zero").contains("Operation not permitted"));
  }

  @Test
  void everyDeviceNeedsNoProgram() throws IOException {
    Cgroup cgroup =
        driver.create("all", Limits.none(), List.of(DeviceRule.allowAll()), Trace.off());
    assertEquals("ok\n", output(cgroup, "head -c0 /dev/kmsg && echo ok"));
  }

  /** The verifier counts paths and instructions: as many rules as a rack of disks has. */
  @Test
  void theKernelTakesALongProgram() throws IOException {
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.dockerDefaults());
    for (int minor = 0; minor < 200; minor++) {
      rules.add(DeviceRule.parse("b 8:" + minor + " rw"));
      rules.add(new DeviceRule(false, DeviceRule.Type.BLOCK, 9, minor, "m"));
    }
    rules.add(DeviceRule.parse("c 1:11 r"));
    Cgroup cgroup = driver.create("long", Limits.none(), rules, Trace.off());
    assertEquals("ok\n", output(cgroup, "head -c0 /dev/kmsg && echo ok"));
  }

  @Test
  void aGroupIsFrozenThawedAndKilledWhole() throws Exception {
    Cgroup cgroup =
        driver.create("ice", Limits.none(), List.of(DeviceRule.allowAll()), Trace.off());
    Process busy = start(cgroup, "sleep 1000 & echo in; while :; do :; done");
    assertEquals("in", busy.inputReader().readLine());
    assertEquals(2, cgroup.processes().size());
    cgroup.freeze();
    assertTrue(cgroup.isFrozen());
    cgroup.thaw();
    assertFalse(cgroup.isFrozen());
    cgroup.freeze();
    cgroup.kill();
    assertEquals(137, busy.waitFor());
    assertEquals(List.of(), cgroup.processes());
  }

  @Test
  void itsFolderCanBeClonedInto() {
    Cgroup cgroup = driver.create("fd", Limits.none(), List.of(DeviceRule.allowAll()), Trace.off());
    try (Fd folder = cgroup.openDirectory().orElseThrow()) {
      assertTrue(folder.number() >= 0);
    }
  }

  @Test
  void withoutControllersThereIsNothingToLimitButDevices() {
    assertEquals(Set.of("devices", "freezer"), driver.controllers());
    assertEquals(Set.of(), driver.abilities());
  }

  @Test
  void aGroupWithoutMemoryControllerHasNoOomKills() {
    Cgroup cgroup =
        driver.create("oom", Limits.none(), List.of(DeviceRule.allowAll()), Trace.off());
    assertEquals(0, cgroup.oomKills());
    assertEquals(CgroupStats.NO_LIMIT, cgroup.stats().memory().limit());
  }
}
