package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsValidatorTest {
  private static final long MIB = 1 << 20;

  private static void noWarning(String warning) {
    throw new AssertionError(warning);
  }

  private final LimitsValidator validator =
      new LimitsValidator(
          new Machine(2, CpuList.parse("cpus", "0-1"), CpuList.parse("mems", "0")),
          EnumSet.allOf(Ability.class),
          path -> "8:0");

  static Stream<Arguments> wrongMemory() {
    return Stream.of(
        wrong(Limits.builder().memory(6 * MIB - 1), "Minimum memory limit allowed is 6MB"),
        wrong(Limits.builder().memory(-5), "Minimum memory limit allowed is 6MB"),
        wrong(
            Limits.builder().memorySwap(64 * MIB),
            "You should always set the Memory limit when using Memoryswap limit, see usage"),
        wrong(
            Limits.builder().memory(64 * MIB).memorySwap(32 * MIB),
            "Minimum memoryswap limit should be larger than memory limit, see usage"),
        wrong(
            Limits.builder().memorySwappiness(101),
            "Invalid value: 101, valid memory swappiness range is 0-100"),
        wrong(Limits.builder().memoryReservation(MIB), "Minimum memory reservation allowed is 6MB"),
        wrong(
            Limits.builder().memory(8 * MIB).memoryReservation(9 * MIB),
            "Minimum memory limit can not be less than memory reservation limit, see usage"),
        wrong(Limits.builder().memory(1), "Minimum memory limit allowed is 6MB"),
        wrong(Limits.builder().memory(Long.MIN_VALUE), "Minimum memory limit allowed is 6MB"),
        wrong(
            Limits.builder().memory(64 * MIB).memorySwap(-2),
            "Invalid value: -2, valid memory swap is -1 or larger"),
        wrong(
            Limits.builder().memory(64 * MIB).memorySwap(64 * MIB - 1),
            "Minimum memoryswap limit should be larger than memory limit, see usage"),
        wrong(
            Limits.builder().memorySwappiness(-2),
            "Invalid value: -2, valid memory swappiness range is 0-100"),
        wrong(Limits.builder().memoryReservation(-1), "Minimum memory reservation allowed is 6MB"),
        wrong(
            Limits.builder().memoryReservation(6 * MIB - 1),
            "Minimum memory reservation allowed is 6MB"));
  }

  static Stream<Arguments> wrongProcessors() {
    return Stream.of(
        wrong(
            Limits.builder().nanoCpus(2_000_000_001),
            "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"),
        wrong(
            Limits.builder().nanoCpus(9_999_999),
            "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"),
        wrong(
            Limits.builder().nanoCpus(1_000_000_000).cpuPeriod(5000),
            "Conflicting options: Nano CPUs and CPU Period cannot both be set"),
        wrong(
            Limits.builder().nanoCpus(1_000_000_000).cpuQuota(5000),
            "Conflicting options: Nano CPUs and CPU Quota cannot both be set"),
        wrong(
            Limits.builder().cpuPeriod(999),
            "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)"),
        wrong(Limits.builder().cpuQuota(999), "CPU cfs quota can not be less than 1ms (i.e. 1000)"),
        wrong(
            Limits.builder().cpuShares(-1),
            "invalid CPU shares (-1): value must be a positive integer"),
        wrong(
            Limits.builder().cpusetCpus("0-2"),
            "Requested CPUs are not available - requested 0-2, available: 0-1"),
        wrong(
            Limits.builder().cpusetMems("1"),
            "Requested memory nodes are not available - requested 1, available: 0"),
        wrong(
            Limits.builder().cpusetCpus("a"), "Invalid value a for cpuset cpus: invalid format: a"),
        wrong(
            Limits.builder().nanoCpus(-1),
            "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"),
        wrong(
            Limits.builder().nanoCpus(Long.MAX_VALUE),
            "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"),
        wrong(
            Limits.builder().cpuPeriod(1_000_001),
            "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)"),
        wrong(
            Limits.builder().cpuPeriod(-1),
            "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)"),
        wrong(Limits.builder().cpuQuota(1), "CPU cfs quota can not be less than 1ms (i.e. 1000)"),
        wrong(
            Limits.builder().cpuShares(Long.MIN_VALUE),
            "invalid CPU shares (" + Long.MIN_VALUE + "): value must be a positive integer"),
        wrong(
            Limits.builder().realtime(1_000, 1_001),
            "cpu real-time runtime cannot be higher than cpu real-time period"),
        wrong(
            Limits.builder().cpusetCpus("1-2"),
            "Requested CPUs are not available - requested 1-2, available: 0-1"),
        wrong(
            Limits.builder().cpusetMems("0,1"),
            "Requested memory nodes are not available - requested 0,1, available: 0"),
        wrong(
            Limits.builder().cpusetMems("0-9999"),
            "Invalid value 0-9999 for cpuset mems: value of out range, maximum is 8192"));
  }

  static Stream<Arguments> wrongRest() {
    return Stream.of(
        wrong(Limits.builder().blkioWeight(1001), "Range of blkio weight is from 10 to 1000"),
        wrong(Limits.builder().blkioWeight(-1), "Range of blkio weight is from 10 to 1000"),
        wrong(
            Limits.builder()
                .blockIo(
                    new BlockIoLimits(
                        0,
                        List.of(new BlockIoLimits.DeviceValue("/dev/a", 9)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())),
            "invalid weight for device: /dev/a:9"),
        wrong(Limits.builder().blkioWeight(9), "Range of blkio weight is from 10 to 1000"));
  }

  private static Arguments wrong(LimitsBuilder limits, String message) {
    return Arguments.of(limits.build(), message);
  }

  @ParameterizedTest
  @MethodSource({"wrongMemory", "wrongProcessors", "wrongRest"})
  void aWrongLimitIsRefusedInDockersWords(Limits limits, String message) {
    assertEquals(
        message,
        assertThrows(
                InvalidArgument.class,
                () -> validator.check(limits, LimitsValidatorTest::noWarning))
            .getMessage());
  }

  @Test
  void soundLimitsPass() {
    assertDoesNotThrow(() -> validator.check(Limits.none(), LimitsValidatorTest::noWarning));
    assertDoesNotThrow(
        () ->
            validator.check(
                Limits.builder()
                    .memory(6 * MIB)
                    .memorySwap(-1)
                    .nanoCpus(2_000_000_000)
                    .cpusetCpus("0,1")
                    .pids(-1)
                    .build(),
                LimitsValidatorTest::noWarning));
    assertDoesNotThrow(() -> validator.check(Limits.none(), LimitsValidatorTest::noWarning));
  }

  /** CVE-2018-20699: such a list once made the engine reserve gigabytes. */
  @ParameterizedTest
  @ValueSource(strings = {"0-2147483647", "0-999999999", "8192", "99999999999999999999", "1-0"})
  void cve201820699AHugeCpuListIsRefusedBeforeItIsExpanded(String list) {
    assertThrows(
        InvalidArgument.class,
        () ->
            validator.check(
                Limits.builder().cpusetCpus(list).build(), LimitsValidatorTest::noWarning));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "0,", "-1", "0-", "0--1", "0x1", "0 1"})
  void aMalformedCpuListIsRefused(String list) {
    assertThrows(InvalidArgument.class, () -> CpuList.parse("cpus", list));
  }
}
