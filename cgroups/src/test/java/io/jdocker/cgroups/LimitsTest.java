package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cgroups.BlockIoLimits.DeviceValue;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Docker's arithmetic of limits, and what an update makes of them. */
final class LimitsTest {
  private static final long MIB = 1 << 20;

  private static final Limits FULL =
      Limits.builder()
          .memory(64 * MIB)
          .memorySwap(100 * MIB)
          .memoryReservation(32 * MIB)
          .memorySwappiness(7)
          .oomKillDisable(true)
          .cpuPeriod(50_000)
          .cpuQuota(25_000)
          .cpuShares(512)
          .realtime(1_000_000, 950_000)
          .cpusetCpus("0")
          .cpusetMems("0")
          .pids(9)
          .blockIo(
              new BlockIoLimits(
                  300,
                  List.of(new DeviceValue("/dev/a", 200)),
                  List.of(new DeviceValue("/dev/a", 1)),
                  List.of(),
                  List.of(),
                  List.of()))
          .build();

  @Test
  void anUpdateThatSetsNothingChangesNothing() {
    assertEquals(FULL, FULL.updatedBy(Limits.none()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "64, 0, 128",
    "64, 100, 100",
    "64, 64, 64",
    "64, -1, -1",
    "0, -1, -1",
  })
  void swapIsTwiceTheMemoryUnlessTold(long memory, long swap, long expected) {
    assertEquals(
        expected, new MemoryLimits(memory, swap, 0, MemoryLimits.UNSET, false).effectiveSwap());
  }

  @ParameterizedTest
  @CsvSource({
    "1500000000, 0, 0, 100000, 150000",
    "10000000, 0, 0, 100000, 1000",
    "0, 50000, 25000, 50000, 25000",
    "0, 0, -1, 0, -1",
    "0, 0, 0, 0, 0",
  })
  void cpusAreAQuotaOfTheUsualPeriod(
      long nanoCpus, long period, long quota, long effectivePeriod, long effectiveQuota) {
    CpuLimits cpu = new CpuLimits(nanoCpus, period, quota, 0, 0, 0, "", "");
    assertEquals(effectivePeriod, cpu.effectivePeriod());
    assertEquals(effectiveQuota, cpu.effectiveQuota());
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change(Limits.builder().memory(80 * MIB), "80 of 100"),
        change(Limits.builder().memory(200 * MIB).memorySwap(300 * MIB), "200 of 300"),
        change(Limits.builder().memorySwap(-1), "64 of -1"),
        change(Limits.builder().memory(32 * MIB), "32 of 100"));
  }

  private static Arguments change(LimitsBuilder limits, String expected) {
    return Arguments.of(limits.build(), expected);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void memoryAndSwapChangeEachByItself(Limits change, String expected) {
    MemoryLimits memory = FULL.updatedBy(change).memory();
    long swap = memory.effectiveSwap();
    assertEquals(expected, memory.limit() / MIB + " of " + (swap < 0 ? swap : swap / MIB));
  }

  /** Docker notes twice the memory at creation, and keeps that when the memory alone changes. */
  @Test
  void theSwapThatCameOfTheMemoryStaysWhenTheMemoryChanges() {
    Limits before = Limits.builder().memory(64 * MIB).build();
    MemoryLimits after = before.updatedBy(Limits.builder().memory(100 * MIB).build()).memory();
    assertEquals(128 * MIB, after.effectiveSwap());
  }

  static Stream<Arguments> conflicts() {
    Limits nano = Limits.builder().nanoCpus(1_000_000_000).build();
    Limits period = Limits.builder().cpuPeriod(50_000).build();
    Limits quota = Limits.builder().cpuQuota(50_000).build();
    String no = "Conflicting options: %s cannot be updated as %s has already been set";
    return Stream.of(
        Arguments.of(period, nano, String.format(no, "Nano CPUs", "CPU Period")),
        Arguments.of(quota, nano, String.format(no, "Nano CPUs", "CPU Quota")),
        Arguments.of(nano, period, String.format(no, "CPU Period", "Nano CPUs")),
        Arguments.of(nano, quota, String.format(no, "CPU Quota", "Nano CPUs")),
        Arguments.of(
            Limits.builder().memory(64 * MIB).build(),
            Limits.builder().memory(129 * MIB).build(),
            "Memory limit should be smaller than already set memoryswap limit, update the"
                + " memoryswap at the same time"));
  }

  @ParameterizedTest
  @MethodSource("conflicts")
  void whatWasSetBeforeCanForbidAChange(Limits before, Limits change, String message) {
    assertEquals(
        message, assertThrows(InvalidArgument.class, () -> before.updatedBy(change)).getMessage());
  }

  @Test
  void memoryMayGrowPastTheOldSwapTogetherWithIt() {
    Limits before = Limits.builder().memory(64 * MIB).memorySwap(64 * MIB).build();
    Limits change = Limits.builder().memory(128 * MIB).memorySwap(128 * MIB).build();
    assertEquals(change, before.updatedBy(change));
    Limits unlimited = Limits.builder().memory(64 * MIB).memorySwap(-1).build();
    assertEquals(
        512 * MIB,
        unlimited.updatedBy(Limits.builder().memory(512 * MIB).build()).memory().limit());
  }

  @Test
  void aSwappinessOfZeroIsAValue() {
    Limits change = Limits.builder().memorySwappiness(0).build();
    assertEquals(0, FULL.updatedBy(change).memory().swappiness());
    assertEquals(7, FULL.updatedBy(Limits.none()).memory().swappiness());
  }

  /** Docker's update knows the weight of block input and output, but no device's. */
  @Test
  void devicesKeepTheirRates() {
    BlockIoLimits after = FULL.updatedBy(Limits.builder().blkioWeight(500).build()).blockIo();
    assertEquals(500, after.weight());
    assertEquals(FULL.blockIo().deviceWeights(), after.deviceWeights());
    assertEquals(FULL.blockIo().readBps(), after.readBps());
  }
}
