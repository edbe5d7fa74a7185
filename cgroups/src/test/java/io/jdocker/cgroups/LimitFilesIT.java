package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jdocker.cgroups.BlockIoLimits.DeviceValue;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each limit on the kernel at hand: what its own file says afterwards, on v1 here and on v2 in the
 * VM. A control that this kernel was built without is skipped, by the ability it lacks.
 */
@Timeout(60)
final class LimitFilesIT {
  private static final long MIB = 1 << 20;

  private final Kernel kernel = Kernel.load();
  private final String parent = "/jdocker-it-files-" + ProcessHandle.current().pid();
  private CgroupDriver driver;

  @BeforeEach
  void open() {
    driver = new CgroupDetector(kernel).detect(parent);
  }

  @AfterEach
  void removeAll() {
    for (String id : driver.list()) {
      driver.find(id).ifPresent(Cgroup::remove);
    }
    driver.close();
  }

  /**
   * A limit, the ability it needs, and FILE=CONTENT on v1 and on v2; no content where it cannot.
   */
  static Stream<Arguments> limits() {
    return Stream.of(
        limit(
            Ability.MEMORY,
            Limits.builder().memory(64 * MIB).memorySwap(-1),
            "memory.limit_in_bytes=67108864",
            "memory.max=67108864"),
        limit(
            Ability.SWAP,
            Limits.builder().memory(64 * MIB),
            "memory.memsw.limit_in_bytes=134217728",
            "memory.swap.max=67108864"),
        limit(
            Ability.SWAP,
            Limits.builder().memory(64 * MIB).memorySwap(64 * MIB),
            "memory.memsw.limit_in_bytes=67108864",
            "memory.swap.max=0"),
        limit(
            Ability.MEMORY_RESERVATION,
            Limits.builder().memoryReservation(32 * MIB),
            "memory.soft_limit_in_bytes=33554432",
            "memory.low=33554432"),
        limit(Ability.SWAPPINESS, Limits.builder().memorySwappiness(0), "memory.swappiness=0", ""),
        limit(
            Ability.CPU_SHARES, Limits.builder().cpuShares(512), "cpu.shares=512", "cpu.weight=59"),
        limit(
            Ability.CPU_QUOTA,
            Limits.builder().nanoCpus(500_000_000),
            "cpu.cfs_quota_us=50000",
            "cpu.max=50000 100000"),
        limit(
            Ability.CPU_QUOTA,
            Limits.builder().cpuPeriod(50_000).cpuQuota(25_000),
            "cpu.cfs_period_us=50000",
            "cpu.max=25000 50000"),
        limit(
            Ability.CPUSET,
            Limits.builder().cpusetCpus("0").cpusetMems("0"),
            "cpuset.cpus=0",
            "cpuset.cpus=0"),
        limit(Ability.PIDS, Limits.builder().pids(7), "pids.max=7", "pids.max=7"),
        limit(Ability.PIDS, Limits.builder().pids(-1), "pids.max=max", "pids.max=max"),
        limit(
            Ability.BLOCK_WEIGHT,
            Limits.builder().blkioWeight(300),
            "blkio.bfq.weight=300",
            "io.bfq.weight=default 300"));
  }

  private static Arguments limit(Ability needed, LimitsBuilder limits, String v1, String v2) {
    return Arguments.of(needed, limits.build(), v1, v2);
  }

  private static Path file(Cgroup cgroup, String name) {
    return cgroup.directories().stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " in none of " + cgroup.directories()));
  }

  /** On v2 a controller does not tell which of its files the kernel was built with. */
  private void assumeHas(String name) {
    Limits pinned = Limits.builder().cpusetCpus("0").build();
    Cgroup cgroup = driver.create("look", pinned, DeviceRule.dockerDefaults(), Trace.off());
    boolean there =
        cgroup.directories().stream().anyMatch(folder -> Files.exists(folder.resolve(name)));
    cgroup.remove();
    assumeTrue(there, "this kernel has no " + name);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void theKernelsFileSaysIt(Ability needed, Limits limits, String v1, String v2)
      throws IOException {
    String[] expected = (driver.version() == 1 ? v1 : v2).split("=", -1);
    assumeTrue(expected.length == 2, "v" + driver.version() + " has no " + needed);
    assumeTrue(driver.abilities().contains(needed), "this kernel has no " + needed);
    assumeHas(expected[0]);
    Cgroup cgroup = driver.create("one", limits, DeviceRule.dockerDefaults(), Trace.off());
    assertEquals(expected[1], Files.readString(file(cgroup, expected[0])).strip());
    cgroup.remove();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void anUpdateOfALivingGroupSaysItToo(Ability needed, Limits limits, String v1, String v2)
      throws IOException {
    String[] expected = (driver.version() == 1 ? v1 : v2).split("=", -1);
    assumeTrue(expected.length == 2, "v" + driver.version() + " has no " + needed);
    assumeTrue(driver.abilities().contains(needed), "this kernel has no " + needed);
    assumeHas(expected[0]);
    Cgroup cgroup = driver.create("two", Limits.none(), DeviceRule.dockerDefaults(), Trace.off());
    cgroup.update(limits);
    assertEquals(expected[1], Files.readString(file(cgroup, expected[0])).strip());
    cgroup.remove();
  }

  static Stream<Arguments> rates() {
    return Stream.of(
        Arguments.of(Ability.BLOCK_READ_BPS, "read_bps_device", "rbps"),
        Arguments.of(Ability.BLOCK_WRITE_BPS, "write_bps_device", "wbps"),
        Arguments.of(Ability.BLOCK_READ_IOPS, "read_iops_device", "riops"),
        Arguments.of(Ability.BLOCK_WRITE_IOPS, "write_iops_device", "wiops"));
  }

  /** The block device that the root lies on, or any. */
  private static Path blockDevice() throws IOException {
    try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
      return devices
          .map(device -> Path.of("/dev").resolve(device.getFileName()))
          .filter(Files::exists)
          .sorted()
          .findFirst()
          .orElseThrow(() -> new AssertionError("no block device in /sys/block and /dev"));
    }
  }

  @ParameterizedTest
  @MethodSource("rates")
  void aRateStandsBesideTheDevicesNumbers(Ability needed, String v1, String v2) throws IOException {
    assumeTrue(driver.abilities().contains(needed), "this kernel has no " + needed);
    Path device = blockDevice();
    String numbers = new HostBlockDevices(kernel).of(device.toString());
    List<DeviceValue> none = List.of();
    List<DeviceValue> rate = List.of(new DeviceValue(device.toString(), 1048576));
    BlockIoLimits io =
        new BlockIoLimits(
            0,
            none,
            needed == Ability.BLOCK_READ_BPS ? rate : none,
            needed == Ability.BLOCK_WRITE_BPS ? rate : none,
            needed == Ability.BLOCK_READ_IOPS ? rate : none,
            needed == Ability.BLOCK_WRITE_IOPS ? rate : none);
    Cgroup cgroup =
        driver.create(
            "io", Limits.builder().blockIo(io).build(), DeviceRule.dockerDefaults(), Trace.off());
    if (driver.version() == 1) {
      assertEquals(
          numbers + " 1048576", Files.readString(file(cgroup, "blkio.throttle." + v1)).strip());
    } else {
      String max = Files.readString(file(cgroup, "io.max"));
      assertTrue(max.startsWith(numbers + " ") && max.contains(v2 + "=1048576"), max);
    }
    cgroup.remove();
  }

  /** Where two engines, or an engine and its user, share a parent, each sees but its own. */
  @Test
  void aParentOfTheUsersOwnIsUsedAndLeftWhenOthersAreIn() {
    CgroupDriver other = driver.under(parent + "-other/deep");
    Cgroup mine = driver.create("same", Limits.none(), DeviceRule.dockerDefaults(), Trace.off());
    Cgroup theirs = other.create("same", Limits.none(), DeviceRule.dockerDefaults(), Trace.off());
    assertEquals(Set.of("same"), Set.copyOf(other.list()));
    mine.remove();
    assertTrue(Files.exists(theirs.directories().get(0)));
    other.close();
    assertTrue(Files.exists(theirs.directories().get(0)), "in use");
    theirs.remove();
    other.close();
    assertEquals(false, Files.exists(theirs.directories().get(0).getParent().getParent()));
  }
}
