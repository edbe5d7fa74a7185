package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.Kernel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class V2ControllersTest {
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

  @Test
  void swapIsCountedWithoutMemory() {
    files.with("memory.max", "max").with("memory.swap.max", "max").with("memory.low", "0");
    assertEquals(
        List.of(
            "c/memory.swap.max=" + 36 * MIB,
            "c/memory.max=" + 64 * MIB,
            "c/memory.low=" + 10 * MIB),
        update(
            new V2MemoryController(),
            Limits.builder()
                .memory(64 * MIB)
                .memorySwap(100 * MIB)
                .memoryReservation(10 * MIB)
                .build()));
  }

  @Test
  void memoryAndSwapOfOneSizeMeanNoSwap() {
    files.with("memory.max", "max").with("memory.swap.max", "max");
    assertEquals(
        List.of("c/memory.swap.max=0", "c/memory.max=" + 64 * MIB),
        update(
            new V2MemoryController(),
            Limits.builder().memory(64 * MIB).memorySwap(64 * MIB).build()));
  }

  @Test
  void unlimitedSwapIsMax() {
    files.with("memory.max", "max").with("memory.swap.max", "0");
    assertEquals(
        List.of("c/memory.swap.max=max", "c/memory.max=" + 64 * MIB),
        update(new V2MemoryController(), Limits.builder().memory(64 * MIB).memorySwap(-1).build()));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 1",
    "1024, 100",
    "512, 59",
    "2048, 174",
    "262144, 10000",
    "999999, 10000"
  })
  void sharesBecomeAWeight(long shares, long weight) {
    assertEquals(weight, V2CpuController.weight(shares));
  }

  @ParameterizedTest
  @CsvSource({
    "500000000, 0, 0, 50000 100000",
    "0, 0, 20000, 20000 100000",
    "0, 50000, 0, max 50000",
    "0, 50000, 20000, 20000 50000",
    "0, 0, -1, max 100000"
  })
  void timeIsLimitedInOneFile(long nanoCpus, long period, long quota, String expected) {
    files.with("cpu.max", "max 100000");
    assertEquals(
        List.of("c/cpu.max=" + expected),
        update(
            new V2CpuController(),
            Limits.builder().nanoCpus(nanoCpus).cpuPeriod(period).cpuQuota(quota).build()));
  }

  @Test
  void aBlockWeightIsSpreadOverTheWiderRange() {
    files.with("io.weight", "default 100");
    assertEquals(
        List.of("c/io.weight=10000"),
        update(new V2IoController(path -> "8:0"), Limits.builder().blkioWeight(1000).build()));
    assertEquals(1, V2IoController.weight(10));
  }

  @Test
  void aPinnedContainerIsPinned() {
    files.with("cpuset.cpus", "").with("cpuset.mems", "");
    assertEquals(
        List.of("c/cpuset.cpus=0-1", "c/cpuset.mems=0"),
        update(
            new V2CpusetController(), Limits.builder().cpusetCpus("0-1").cpusetMems("0").build()));
  }

  @Test
  void everythingUsedIsMeasured() {
    files
        .with("memory.current", "1000\n")
        .with("memory.max", "max\n")
        .with("memory.peak", "2000\n")
        .with("memory.events", "low 0\nhigh 0\nmax 3\noom 1\noom_kill 2\n")
        .with("memory.stat", "anon 5\nfile 6\n")
        .with(
            "cpu.stat",
            """
            usage_usec 7
            user_usec 3
            system_usec 4
            nr_periods 9
            nr_throttled 8
            throttled_usec 6
            """)
        .with("io.stat", "254:0 rbytes=4096 wbytes=8192 rios=1 wios=2 dbytes=0 dios=0\n7:0 \n");
    ControlDirectory directory = files.made(root.resolve("c"));
    StatsBuilder builder = new StatsBuilder();
    for (Controller controller :
        List.of(
            new V2MemoryController(), new V2CpuController(), new V2IoController(path -> "8:0"))) {
      controller.measure(directory, builder);
    }
    CgroupStats stats = builder.build();
    assertEquals(new CgroupStats.Cpu(7000, 3000, 4000, List.of(), 9, 8, 6000), stats.cpu());
    assertEquals(
        new CgroupStats.Memory(1000, CgroupStats.NO_LIMIT, 2000, 3, Map.of("anon", 5L, "file", 6L)),
        stats.memory());
    assertEquals(
        List.of(
            new CgroupStats.Io(254, 0, "read", 4096), new CgroupStats.Io(254, 0, "write", 8192)),
        stats.ioBytes());
    assertEquals(
        List.of(new CgroupStats.Io(254, 0, "read", 1), new CgroupStats.Io(254, 0, "write", 2)),
        stats.ioCount());
    assertEquals(2, V2MemoryController.oomKills(directory));
  }
}
