package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class V1ControllersTest {
  private static final long MIB = 1 << 20;
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path root;
  private FixtureFiles files;

  @BeforeEach
  void fixture() {
    files = new FixtureFiles(KERNEL);
  }

  private List<String> update(Controller controller, Limits limits) {
    controller.update(limits, files.made(root.resolve("c")));
    return files.writes();
  }

  private void memoryFixture(String memsw) {
    files
        .with("memory.limit_in_bytes", "9223372036854771712")
        .with("memory.memsw.limit_in_bytes", memsw)
        .with("memory.soft_limit_in_bytes", "")
        .with("memory.swappiness", "60")
        .with("memory.oom_control", "");
  }

  @Test
  void nothingIsWrittenWithoutLimits() {
    for (Controller controller :
        List.of(
            new V1MemoryController(),
            new V1CpuController(),
            new V1BlkioController(path -> "8:0"),
            new V1CpusetController(),
            new PidsController(),
            new PlainController("freezer"))) {
      controller.create(Limits.none(), List.of(), files.made(root.resolve(controller.name())));
    }
    assertEquals(List.of(), files.writes());
  }

  @Test
  void memoryAloneAllowsAsMuchSwap() {
    memoryFixture("9223372036854771712");
    assertEquals(
        List.of(
            "c/memory.limit_in_bytes=" + 64 * MIB, "c/memory.memsw.limit_in_bytes=" + 128 * MIB),
        update(new V1MemoryController(), Limits.builder().memory(64 * MIB).build()));
  }

  @Test
  void aLimitThatGrowsPastTheOldSwapLimitComesSecond() {
    memoryFixture(Long.toString(100 * MIB));
    assertEquals(
        List.of(
            "c/memory.memsw.limit_in_bytes=" + 400 * MIB, "c/memory.limit_in_bytes=" + 200 * MIB),
        update(new V1MemoryController(), Limits.builder().memory(200 * MIB).build()));
  }

  @Test
  void unlimitedSwapIsMinusOne() {
    memoryFixture(Long.toString(100 * MIB));
    assertEquals(
        List.of("c/memory.memsw.limit_in_bytes=-1", "c/memory.limit_in_bytes=" + 50 * MIB),
        update(new V1MemoryController(), Limits.builder().memory(50 * MIB).memorySwap(-1).build()));
  }

  @Test
  void aKernelWithoutSwapAccountingLimitsMemoryAlone() {
    files.with("memory.limit_in_bytes", "");
    assertEquals(
        List.of("c/memory.limit_in_bytes=" + 64 * MIB),
        update(new V1MemoryController(), Limits.builder().memory(64 * MIB).build()));
  }

  @Test
  void theOtherMemoryControlsAreSet() {
    memoryFixture("0");
    assertEquals(
        List.of(
            "c/memory.soft_limit_in_bytes=" + 32 * MIB,
            "c/memory.swappiness=0",
            "c/memory.oom_control=1"),
        update(
            new V1MemoryController(),
            Limits.builder()
                .memoryReservation(32 * MIB)
                .memorySwappiness(0)
                .oomKillDisable(true)
                .build()));
  }

  @Test
  void cpusBecomeAQuota() {
    files.with("cpu.shares", "").with("cpu.cfs_period_us", "").with("cpu.cfs_quota_us", "");
    assertEquals(
        List.of("c/cpu.shares=512", "c/cpu.cfs_period_us=100000", "c/cpu.cfs_quota_us=150000"),
        update(
            new V1CpuController(),
            Limits.builder().cpuShares(512).nanoCpus(1_500_000_000).build()));
  }

  @Test
  void realTimeHasAPeriodAndARuntime() {
    files.with("cpu.rt_period_us", "1000000").with("cpu.rt_runtime_us", "0");
    assertEquals(
        List.of("c/cpu.rt_period_us=500000", "c/cpu.rt_runtime_us=250000"),
        update(new V1CpuController(), Limits.builder().realtime(500_000, 250_000).build()));
  }

  /** The kernel's EINVAL does not say that it is the groups above that have nothing to give. */
  @Test
  void realTimeThatTheGroupsAboveLackIsRefusedWithTheReason() {
    files.with("cpu.rt_runtime_us", "0").refuse("cpu.rt_runtime_us", Errno.EINVAL);
    InvalidArgument refused =
        assertThrows(
            InvalidArgument.class,
            () -> update(new V1CpuController(), Limits.builder().realtime(0, 1000).build()));
    assertEquals(true, refused.getMessage().contains("the groups above it"), refused.getMessage());
  }

  @Test
  void aGroupWaitsForMemoryOnlyWithTheOomKillerOff() {
    files.with("memory.oom_control", "oom_kill_disable 1\nunder_oom 1\noom_kill 0\n");
    ControlDirectory waiting = files.made(root.resolve("waiting"));
    assertEquals(true, V1MemoryController.waitsForMemory(waiting));
    files.with("memory.oom_control", "oom_kill_disable 1\nunder_oom 0\noom_kill 3\n");
    ControlDirectory content = files.made(root.resolve("content"));
    assertEquals(false, V1MemoryController.waitsForMemory(content));
    ControlDirectory gone =
        new ControlDirectory(root.resolve("gone"), files, io.jdocker.linux.trace.Trace.off());
    assertEquals(false, V1MemoryController.waitsForMemory(gone));
  }

  @Test
  void minusOneProcessesAreMax() {
    files.with("pids.max", "5");
    assertEquals(
        List.of("c/pids.max=max"), update(new PidsController(), Limits.builder().pids(-1).build()));
  }

  @Test
  void devicesAreDeniedFirstAndNotTouchedByAnUpdate() {
    files.with("devices.deny", "").with("devices.allow", "");
    ControlDirectory directory = files.made(root.resolve("c"));
    List<DeviceRule> rules = List.of(DeviceRule.parse("c 1:3 rwm"), DeviceRule.parse("b *:7 r"));
    new V1DevicesController().create(Limits.none(), rules, directory);
    new V1DevicesController().update(Limits.none(), directory);
    assertEquals(
        List.of("c/devices.deny=a", "c/devices.allow=c 1:3 rwm", "c/devices.allow=b *:7 r"),
        files.writes());
  }

  @Test
  void aWeightGoesToTheSchedulerThatIsThere() {
    files.with("blkio.bfq.weight", "");
    assertEquals(
        List.of("c/blkio.bfq.weight=300"),
        update(new V1BlkioController(path -> "8:0"), Limits.builder().blkioWeight(300).build()));
  }

  @Test
  void anEmptyCpusetTakesTheParents() {
    ControlDirectory above = files.with("cpuset.cpus", "0-3").made(root.resolve("p"));
    files.with("cpuset.mems", "");
    FixtureFiles.put(above.path().resolve("cpuset.mems"), "0");
    ControlDirectory made = files.with("cpuset.cpus", "").made(root.resolve("p/c"));
    V1CpusetController.inherit(above, made);
    assertEquals(List.of("c/cpuset.cpus=0-3", "c/cpuset.mems=0"), files.writes());
  }

  @Test
  void aValueTheKernelRefusesIsTheUsersMistakeAndAMissingFileIsNot() {
    files.with("pids.max", "").refuse("pids.max", Errno.EINVAL);
    ControlDirectory directory = files.made(root.resolve("c"));
    Limits limits = Limits.builder().pids(3).cpuShares(9).build();
    assertThrows(InvalidArgument.class, () -> new PidsController().update(limits, directory));
    SystemFailure missing =
        assertThrows(SystemFailure.class, () -> new V1CpuController().update(limits, directory));
    assertEquals(true, missing.getMessage().contains("cpu.shares"));
  }

  @Test
  void everythingUsedIsMeasured() {
    files
        .with("memory.usage_in_bytes", "1000\n")
        .with("memory.limit_in_bytes", "9223372036854771712\n")
        .with("memory.max_usage_in_bytes", "2000\n")
        .with("memory.failcnt", "3\n")
        .with("memory.stat", "cache 5\ntotal_inactive_file 6\n")
        .with("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n")
        .with("cpuacct.usage", "777\n")
        .with("cpuacct.stat", "user 3\nsystem 4\n")
        .with("cpuacct.usage_percpu", "400 377 \n")
        .with("cpu.stat", "nr_periods 9\nnr_throttled 8\nthrottled_time 7\n")
        .with("pids.current", "11\n")
        .with("pids.max", "max\n")
        .with("blkio.throttle.io_service_bytes_recursive", "254:0 Read 4096\nTotal 4096\n")
        .with("blkio.throttle.io_serviced_recursive", "254:0 Write 1\nTotal 1\n");
    ControlDirectory directory = files.made(root.resolve("c"));
    StatsBuilder builder = new StatsBuilder();
    for (Controller controller :
        List.of(
            new V1MemoryController(),
            new V1CpuController(),
            new V1CpuAccounting(),
            new PidsController(),
            new V1BlkioController(path -> "8:0"))) {
      controller.measure(directory, builder);
    }
    CgroupStats stats = builder.build();
    assertEquals(
        new CgroupStats.Cpu(777, 30_000_000, 40_000_000, List.of(400L, 377L), 9, 8, 7),
        stats.cpu());
    assertEquals(
        new CgroupStats.Memory(
            1000, 9223372036854771712L, 2000, 3, Map.of("cache", 5L, "total_inactive_file", 6L)),
        stats.memory());
    assertEquals(new CgroupStats.Pids(11, CgroupStats.NO_LIMIT), stats.pids());
    assertEquals(List.of(new CgroupStats.Io(254, 0, "Read", 4096)), stats.ioBytes());
    assertEquals(List.of(new CgroupStats.Io(254, 0, "Write", 1)), stats.ioCount());
    assertEquals(2, V1MemoryController.oomKills(directory));
  }
}
