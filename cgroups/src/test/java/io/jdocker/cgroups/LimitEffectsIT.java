package io.jdocker.cgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the processes of a group feel of its limits. */
@Timeout(60)
final class LimitEffectsIT {
  private static final long MIB = 1 << 20;

  private final Kernel kernel = Kernel.load();
  private final String parent = "/jdocker-it-effects-" + ProcessHandle.current().pid();
  private final CgroupDriver driver = new CgroupDetector(kernel).detect(parent);
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    for (String id : driver.list()) {
      driver.find(id).ifPresent(Cgroup::remove);
    }
    driver.close();
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Cgroup make(String id, LimitsBuilder limits) {
    return driver.create(id, limits.build(), DeviceRule.dockerDefaults(), Trace.off());
  }

  private Process start(Cgroup cgroup, String script) throws IOException {
    StringBuilder join = new StringBuilder();
    for (Path directory : cgroup.directories()) {
      Path tasks = directory.resolve("tasks");
      Path file = Files.exists(tasks) ? tasks : directory.resolve("cgroup.procs");
      join.append("echo 0 > ").append(file).append(" || exit 99\n");
    }
    Process process =
        new ProcessBuilder("/bin/sh", "-c", join + script).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  /**
   * tail keeps the 64 MiB, as they are one line; a shell's variable takes minutes when emulated.
   */
  private static final String MEMORY_BOMB = "head -c 64m /dev/zero | tail -n 1 | wc -c";

  private static final String SURVIVED = "67108864";

  @Test
  void aMemoryBombDiesAndOnlyIt() throws Exception {
    Cgroup small = make("small", Limits.builder().memory(32 * MIB).memorySwap(32 * MIB));
    Cgroup large = make("large", Limits.builder().memory(512 * MIB).memorySwap(512 * MIB));
    Process neighbour = start(large, "echo in; exec sleep 1000");
    assertEquals("in", neighbour.inputReader().readLine());
    Process bomb = start(small, MEMORY_BOMB);
    String said = output(bomb);
    assertFalse(said.contains(SURVIVED), said);
    bomb.waitFor();
    assertTrue(small.oomKills() >= 1);
    assertEquals(0, large.oomKills());
    assertTrue(neighbour.isAlive());
    assertTrue(output(start(large, MEMORY_BOMB)).contains(SURVIVED), "there is room for it");
  }

  @Test
  void aForkBombStopsAtItsLimit() throws Exception {
    Cgroup cgroup = make("forks", Limits.builder().pids(20));
    Process bomb =
        start(
            cgroup, "i=0; while [ $i -lt 60 ]; do (sleep 1000 &) 2>&1; i=$((i+1)); done; echo end");
    String line = bomb.inputReader().readLine();
    assertTrue(line.contains("fork"), line);
    assertTrue(cgroup.stats().pids().current() <= 20, () -> cgroup.stats().pids().toString());
    assertTrue(cgroup.stats().pids().current() > 5, () -> cgroup.stats().pids().toString());
    cgroup.kill();
    assertEquals(List.of(), cgroup.processes());
  }

  /** Busy for as long as it takes to be held back: the kernel counts it. */
  @Test
  void aQuotaHoldsBackWhoIsBusy() throws Exception {
    Cgroup cgroup = make("slow", Limits.builder().nanoCpus(50_000_000));
    start(cgroup, "while :; do :; done");
    while (cgroup.stats().cpu().throttledPeriods() < 3) {
      Thread.onSpinWait();
    }
    CgroupStats.Cpu cpu = cgroup.stats().cpu();
    assertTrue(cpu.throttledTime() > 0, cpu::toString);
    assertTrue(cpu.periods() >= cpu.throttledPeriods(), cpu::toString);
    assertTrue(cpu.total() > 0, cpu::toString);
  }

  @Test
  void withoutAQuotaNobodyIsHeldBack() throws Exception {
    Cgroup cgroup = make("fast", Limits.builder());
    Process busy = start(cgroup, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done");
    assertEquals(0, busy.waitFor());
    assertEquals(0, cgroup.stats().cpu().throttledPeriods());
  }

  @Test
  void aPinnedProcessRunsOnItsCpu() throws Exception {
    Cgroup cgroup = make("pinned", Limits.builder().cpusetCpus("0"));
    assertEquals(
        "Cpus_allowed_list:\t0\n",
        output(start(cgroup, "grep Cpus_allowed_list /proc/self/status")));
  }

  @Test
  void aDeviceIsRefusedUntilARuleAllowsIt() throws Exception {
    Cgroup closed = make("closed", Limits.builder());
    String read = "head -c0 /dev/kmsg && echo open";
    assertTrue(output(start(closed, read)).contains("Operation not permitted"));
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.dockerDefaults());
    rules.add(DeviceRule.parse("c 1:11 r"));
    Cgroup open = driver.create("open", Limits.none(), rules, Trace.off());
    assertEquals("open\n", output(start(open, read)));
    assertTrue(
        output(start(open, "echo x > /dev/kmsg")).contains("Operation not permitted"),
        "read is all that the rule says");
  }

  @Test
  void aRuleThatDeniesTakesBackWhatAnotherGave() throws Exception {
    List<DeviceRule> rules =
        List.of(DeviceRule.allowAll(), new DeviceRule(false, DeviceRule.Type.CHARACTER, 1, 5, "r"));
    Cgroup cgroup = driver.create("denied", Limits.none(), rules, Trace.off());
    assertTrue(output(start(cgroup, "head -c1 /dev/zero")).contains("Operation not permitted"));
    assertEquals("", output(start(cgroup, "echo > /dev/zero; head -c0 /dev/urandom")));
  }

  @Test
  void aPrivilegedGroupMayOpenAll() throws Exception {
    Cgroup cgroup =
        driver.create("all", Limits.none(), List.of(DeviceRule.allowAll()), Trace.off());
    assertEquals("open\n", output(start(cgroup, "head -c0 /dev/kmsg && echo open")));
  }

  @Test
  void memoryCanGrowAndShrinkWhileItRuns() throws Exception {
    Cgroup cgroup = make("breathe", Limits.builder().memory(64 * MIB).memorySwap(64 * MIB));
    start(cgroup, "echo in; exec sleep 1000").inputReader().readLine();
    for (long size : new long[] {256, 32, 512, 16}) {
      cgroup.update(Limits.builder().memory(size * MIB).memorySwap(size * MIB).build());
      assertEquals(size * MIB, cgroup.stats().memory().limit());
    }
  }

  @Test
  void memoryBelowWhatIsInUseIsRefusedAndNobodyDies() throws Exception {
    Cgroup cgroup = make("full", Limits.builder().memory(256 * MIB).memorySwap(256 * MIB));
    Process full = start(cgroup, "x=$(head -c 24m /dev/zero | tr '\\0' x); echo in; read y");
    assertEquals("in", full.inputReader().readLine());
    InvalidArgument refused =
        assertThrows(
            InvalidArgument.class,
            () -> cgroup.update(Limits.builder().memory(8 * MIB).memorySwap(256 * MIB).build()));
    assertTrue(refused.getMessage().contains("memory"), refused.getMessage());
    assertTrue(full.isAlive());
    assertEquals(256 * MIB, cgroup.stats().memory().limit());
    assertEquals(0, cgroup.oomKills());
  }

  /** v1 only: what would be killed waits until there is room. */
  @Test
  void withTheOomKillerOffItWaits() throws Exception {
    assumeTrue(driver.abilities().contains(Ability.OOM_KILL_DISABLE), "v2 has no such thing");
    Cgroup cgroup =
        make("wait", Limits.builder().memory(16 * MIB).memorySwap(16 * MIB).oomKillDisable(true));
    Process waiting = start(cgroup, MEMORY_BOMB);
    Path control =
        cgroup.directories().stream()
            .map(folder -> folder.resolve("memory.oom_control"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    while (!Files.readString(control).contains("under_oom 1")) {
      assertTrue(waiting.isAlive());
      Thread.onSpinWait();
    }
    assertEquals(0, cgroup.oomKills());
    cgroup.kill();
    waiting.waitFor();
  }

  @Test
  void pressureIsToldWhereTheKernelTellsIt() throws Exception {
    Cgroup cgroup = make("psi", Limits.builder());
    boolean told =
        driver.version() == 2 && Files.exists(cgroup.directories().get(0).resolve("cpu.pressure"));
    assertEquals(told, cgroup.stats().pressure().containsKey("cpu"));
  }

  @Test
  void aNumberOfGroupsWithProcessesIsKilledWhole() throws Exception {
    Cgroup cgroup = make("tree", Limits.builder());
    Process shell =
        start(
            cgroup, "for i in 1 2 3 4 5; do sh -c 'sleep 1000 & sleep 1000' & done; echo in; wait");
    assertEquals("in", shell.inputReader().readLine());
    cgroup.kill();
    assertEquals(List.of(), cgroup.processes());
    assertEquals(137, shell.waitFor());
  }
}
