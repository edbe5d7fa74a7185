package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cgroups.BlockIoLimits.DeviceValue;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a kernel lacks: found out by its files, and left out of the limits with a warning. */
final class AbilityTest {
  private static final Kernel KERNEL = Kernel.load();
  private static final DeviceNumbers ANY_DEVICE = path -> "8:0";

  @TempDir private Path root;
  private final List<String> warnings = new ArrayList<>();

  private Limits check(Limits limits, Set<Ability> abilities) {
    return new LimitsValidator(
            new Machine(2, CpuList.parse("cpus", "0-1"), CpuList.parse("mems", "0")),
            abilities,
            ANY_DEVICE)
        .check(limits, warnings::add);
  }

  private static Set<Ability> allBut(Ability missing) {
    return EnumSet.complementOf(EnumSet.of(missing));
  }

  static Stream<Arguments> discarded() {
    return Stream.of(
        discarded(
            Ability.MEMORY,
            Limits.builder().memory(64 << 20).memorySwap(-1),
            "memory limit capabilities or the cgroup is not mounted. Limitation discarded."),
        discarded(
            Ability.MEMORY_RESERVATION,
            Limits.builder().memoryReservation(64 << 20),
            "memory soft limit capabilities or the cgroup is not mounted. Limitation discarded."),
        discarded(
            Ability.SWAPPINESS,
            Limits.builder().memorySwappiness(10),
            "memory swappiness capabilities or the cgroup is not mounted. Memory swappiness"
                + " discarded."),
        discarded(
            Ability.OOM_KILL_DISABLE,
            Limits.builder().oomKillDisable(true),
            "OomKillDisable. OomKillDisable discarded."),
        discarded(
            Ability.CPU_SHARES,
            Limits.builder().cpuShares(512),
            "CPU shares or the cgroup is not mounted. Shares discarded."),
        discarded(
            Ability.CPU_QUOTA,
            Limits.builder().cpuPeriod(50_000),
            "CPU CFS scheduler. CPU period/quota discarded."),
        discarded(
            Ability.CPU_QUOTA,
            Limits.builder().cpuQuota(50_000),
            "CPU CFS scheduler. CPU period/quota discarded."),
        discarded(
            Ability.CPUSET,
            Limits.builder().cpusetCpus("0").cpusetMems("0"),
            "cpuset or the cgroup is not mounted. Cpuset discarded."),
        discarded(
            Ability.PIDS,
            Limits.builder().pids(5),
            "PIDs limit capabilities or the cgroup is not mounted. PIDs limit discarded."));
  }

  static Stream<Arguments> discardedBlockIo() {
    List<DeviceValue> one = List.of(new DeviceValue("/dev/a", 100));
    List<DeviceValue> none = List.of();
    return Stream.of(
        discarded(
            Ability.BLOCK_WEIGHT,
            Limits.builder().blkioWeight(100),
            "Block I/O weight or the cgroup is not mounted. Weight discarded."),
        discarded(
            Ability.BLOCK_DEVICE_WEIGHT,
            Limits.builder().blockIo(new BlockIoLimits(0, one, none, none, none, none)),
            "Block I/O weight_device or the cgroup is not mounted. Weight-device discarded."),
        discarded(
            Ability.BLOCK_READ_BPS,
            Limits.builder().blockIo(new BlockIoLimits(0, none, one, none, none, none)),
            "BPS Block I/O read limit or the cgroup is not mounted. Block I/O BPS read limit"
                + " discarded."),
        discarded(
            Ability.BLOCK_WRITE_BPS,
            Limits.builder().blockIo(new BlockIoLimits(0, none, none, one, none, none)),
            "BPS Block I/O write limit or the cgroup is not mounted. Block I/O BPS write limit"
                + " discarded."),
        discarded(
            Ability.BLOCK_READ_IOPS,
            Limits.builder().blockIo(new BlockIoLimits(0, none, none, none, one, none)),
            "IOPS Block read limit or the cgroup is not mounted. Block I/O IOPS read limit"
                + " discarded."),
        discarded(
            Ability.BLOCK_WRITE_IOPS,
            Limits.builder().blockIo(new BlockIoLimits(0, none, none, none, none, one)),
            "IOPS Block write limit or the cgroup is not mounted. Block I/O IOPS write limit"
                + " discarded."));
  }

  private static Arguments discarded(Ability missing, LimitsBuilder wanted, String warning) {
    return Arguments.of(missing, wanted.build(), "Your kernel does not support " + warning);
  }

  @ParameterizedTest
  @MethodSource({"discarded", "discardedBlockIo"})
  void whatIsLackingIsLeftOutWithDockersWarning(Ability missing, Limits wanted, String warning) {
    assertEquals(Limits.none(), check(wanted, allBut(missing)));
    assertEquals(List.of(warning), warnings);
  }

  @ParameterizedTest
  @MethodSource({"discarded", "discardedBlockIo"})
  void whatIsThereIsKeptInSilence(Ability needed, Limits wanted, String warning) {
    assertEquals(wanted, check(wanted, EnumSet.allOf(Ability.class)));
    assertEquals(
        wanted.memory().oomKillDisable() ? 1 : 0, warnings.size(), () -> needed + " " + warnings);
  }

  @ParameterizedTest
  @EnumSource(Ability.class)
  void nobodyIsWarnedOfWhatWasNotWanted(Ability missing) {
    assertEquals(Limits.none(), check(Limits.none(), allBut(missing)));
    assertEquals(List.of(), warnings);
  }

  /** With its default, twice the memory, it would be limited by a control that is not there. */
  @Test
  void memoryIsLimitedWithoutSwapWhereThatCannotBe() {
    Limits checked = check(Limits.builder().memory(64 << 20).build(), allBut(Ability.SWAP));
    assertEquals(64 << 20, checked.memory().limit());
    assertEquals(-1, checked.memory().swap());
    assertEquals(
        List.of(
            "Your kernel does not support swap limit capabilities or the cgroup is not mounted."
                + " Memory limited without swap."),
        warnings);
  }

  @Test
  void nobodyIsWarnedOfSwapThatWasToBeWithoutLimit() {
    check(Limits.builder().memory(64 << 20).memorySwap(-1).build(), allBut(Ability.SWAP));
    assertEquals(List.of(), warnings);
  }

  @Test
  void anOomKillerThatIsOffWithoutALimitIsDangerous() {
    check(Limits.builder().oomKillDisable(true).build(), EnumSet.allOf(Ability.class));
    assertEquals(
        List.of(
            "OOM killer is disabled for the container, but no memory limit is set, this can result"
                + " in the system running out of resources."),
        warnings);
  }

  /** Without them the container would run on all CPUs: that is an error, not a warning. */
  @Test
  void cpusAndRealTimeAreNotSilentlyGivenUp() {
    assertEquals(
        "NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup"
            + " is not mounted",
        assertThrows(
                InvalidArgument.class,
                () ->
                    check(
                        Limits.builder().nanoCpus(1_000_000_000).build(),
                        allBut(Ability.CPU_QUOTA)))
            .getMessage());
    assertEquals(
        "Your kernel does not support CPU real-time scheduler",
        assertThrows(
                InvalidArgument.class,
                () ->
                    check(
                        Limits.builder().realtime(1_000_000, 1).build(),
                        allBut(Ability.CPU_REALTIME)))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "-5, -5"})
  void realTimeIsNotNegative(long period, long runtime) {
    Limits wanted = Limits.builder().realtime(period, runtime).build();
    assertThrows(InvalidArgument.class, () -> check(wanted, EnumSet.allOf(Ability.class)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory|memory.memsw.limit_in_bytes|SWAP",
        "memory|memory.soft_limit_in_bytes|MEMORY_RESERVATION",
        "memory|memory.swappiness|SWAPPINESS",
        "memory|memory.oom_control|OOM_KILL_DISABLE",
        "cpu|cpu.shares|CPU_SHARES",
        "cpu|cpu.cfs_quota_us|CPU_QUOTA",
        "cpu|cpu.rt_runtime_us|CPU_REALTIME",
        "blkio|blkio.throttle.read_bps_device|BLOCK_READ_BPS",
        "blkio|blkio.throttle.write_bps_device|BLOCK_WRITE_BPS",
        "blkio|blkio.throttle.read_iops_device|BLOCK_READ_IOPS",
        "blkio|blkio.throttle.write_iops_device|BLOCK_WRITE_IOPS",
        "blkio|blkio.weight|BLOCK_WEIGHT",
        "blkio|blkio.bfq.io_serviced|BLOCK_WEIGHT",
        "blkio|blkio.bfq.io_serviced|BLOCK_DEVICE_WEIGHT",
      })
  void onV1AFileOfTheTopFolderTells(String controller, String file, Ability ability) {
    Controller asked =
        switch (controller) {
          case "memory" -> new V1MemoryController();
          case "cpu" -> new V1CpuController();
          default -> new V1BlkioController(ANY_DEVICE);
        };
    FixtureFiles files = new FixtureFiles(KERNEL);
    files.makeDirectory(root.resolve("without"));
    assertEquals(
        false, asked.abilities(top(files, "without")).contains(ability), "without the file");
    files.with(file, "").makeDirectory(root.resolve("with"));
    assertEquals(true, asked.abilities(top(files, "with")).contains(ability), "with the file");
  }

  private ControlDirectory top(FixtureFiles files, String name) {
    return new ControlDirectory(root.resolve(name), files, Trace.off());
  }

  /** v2's top folder has no such files: there the controller itself is the sign. */
  @Test
  void onV2AControllerTells() {
    ControlDirectory top = new ControlDirectory(root, new FixtureFiles(KERNEL), Trace.off());
    Set<Ability> found = EnumSet.noneOf(Ability.class);
    for (Controller controller :
        List.of(
            new V2MemoryController(),
            new V2CpuController(),
            new V2CpusetController(),
            new PidsController(),
            new V2IoController(ANY_DEVICE))) {
      found.addAll(controller.abilities(top));
    }
    assertEquals(
        EnumSet.of(Ability.SWAPPINESS, Ability.OOM_KILL_DISABLE, Ability.CPU_REALTIME),
        EnumSet.complementOf(EnumSet.copyOf(found)),
        "what v2 has no control for");
  }

  @ParameterizedTest
  @CsvSource({"io.bfq.weight, true", "io.weight, true", "io.latency, false"})
  void onV2WeightsAreSeenInAGroupThatHasTheController(String file, boolean weights) {
    FixtureFiles files = new FixtureFiles(KERNEL);
    files.makeDirectory(root.resolve("without"));
    files.with("io.max", "").with(file, "").makeDirectory(root.resolve("zwith"));
    ControlDirectory top = new ControlDirectory(root, files, Trace.off());
    Set<Ability> found = new V2IoController(ANY_DEVICE).abilities(top);
    assertEquals(weights, found.contains(Ability.BLOCK_WEIGHT));
    assertEquals(weights, found.contains(Ability.BLOCK_DEVICE_WEIGHT));
    assertEquals(true, found.contains(Ability.BLOCK_READ_BPS));
  }

  @Test
  void aBlockDeviceMustBeThere() {
    HostBlockDevices devices = new HostBlockDevices(KERNEL);
    assertEquals(
        "invalid device /dev/none-such: no such file or directory",
        assertThrows(InvalidArgument.class, () -> devices.of("/dev/none-such")).getMessage());
    assertEquals(
        "invalid device /dev/null: it is not a block device",
        assertThrows(InvalidArgument.class, () -> devices.of("/dev/null")).getMessage());
    assertThrows(InvalidArgument.class, () -> devices.of("/tmp"));
  }
}
