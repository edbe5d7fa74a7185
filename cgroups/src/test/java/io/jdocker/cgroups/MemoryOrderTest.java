package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Memory and swap are two files, and on v1 the kernel refuses any moment at which memory alone is
 * more than memory and swap together. The fixture refuses it as the kernel does, so that whatever
 * was set before, every change must find its order.
 */
final class MemoryOrderTest {
  private static final Kernel KERNEL = Kernel.load();
  private static final long MIB = 1 << 20;
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final String WITH_SWAP = "memory.memsw.limit_in_bytes";
  private static final long UNLIMITED = 9223372036854771712L;

  @TempDir private Path root;

  /** Sizes in MiB of memory, and of memory and swap; -1 is no limit of swap. */
  private static final List<long[]> STATES =
      List.of(
          new long[] {16, 16},
          new long[] {16, 32},
          new long[] {16, -1},
          new long[] {32, 32},
          new long[] {32, 64},
          new long[] {64, 64},
          new long[] {64, 128},
          new long[] {64, -1},
          new long[] {256, 256});

  static Stream<Arguments> everyChange() {
    return STATES.stream()
        .flatMap(from -> STATES.stream().map(to -> Arguments.of(from[0], from[1], to[0], to[1])));
  }

  private static Limits limits(long memory, long swap) {
    return Limits.builder().memory(memory * MIB).memorySwap(swap < 0 ? -1 : swap * MIB).build();
  }

  private static long number(FixtureFiles files, Path folder, String name) {
    long value = Long.parseLong(files.read(folder.resolve(name)));
    return value < 0 ? UNLIMITED : value;
  }

  private FixtureFiles strictKernel() {
    FixtureFiles files =
        new FixtureFiles(KERNEL)
            .with(LIMIT, Long.toString(UNLIMITED))
            .with(WITH_SWAP, Long.toString(UNLIMITED));
    files.shows("-1", Long.toString(UNLIMITED));
    files.rule(
        (file, value) -> {
          long wanted = Long.parseLong(value) < 0 ? UNLIMITED : Long.parseLong(value);
          Path folder = file.getParent();
          boolean memory = file.getFileName().toString().equals(LIMIT);
          boolean holds =
              memory
                  ? wanted <= number(files, folder, WITH_SWAP)
                  : wanted >= number(files, folder, LIMIT);
          return holds ? Optional.empty() : Optional.of(Errno.EINVAL);
        });
    return files;
  }

  @ParameterizedTest(name = "{0} of {1} becomes {2} of {3}")
  @MethodSource("everyChange")
  void onV1TheKernelTakesEveryChange(long fromMemory, long fromSwap, long memory, long swap) {
    FixtureFiles files = strictKernel();
    ControlDirectory directory = files.made(root.resolve("c"));
    V1MemoryController controller = new V1MemoryController();
    // A new group has no limit of swap: memory first, as all of it is within that.
    assertDoesNotThrow(() -> controller.create(limits(fromMemory, fromSwap), List.of(), directory));
    assertDoesNotThrow(() -> controller.update(limits(memory, swap), directory));
    assertEquals(memory * MIB, number(files, directory.path(), LIMIT));
    assertEquals(swap < 0 ? UNLIMITED : swap * MIB, number(files, directory.path(), WITH_SWAP));
  }

  @ParameterizedTest(name = "{0} of {1} becomes {2} of {3}")
  @MethodSource("everyChange")
  void onV2SwapIsWhatIsLeft(long fromMemory, long fromSwap, long memory, long swap) {
    FixtureFiles files =
        new FixtureFiles(KERNEL).with("memory.max", "max").with("memory.swap.max", "max");
    ControlDirectory directory = files.made(root.resolve("c"));
    V2MemoryController controller = new V2MemoryController();
    controller.create(limits(fromMemory, fromSwap), List.of(), directory);
    controller.update(limits(memory, swap), directory);
    assertEquals(memory * MIB, directory.readNumber("memory.max"));
    assertEquals(
        swap < 0 ? CgroupStats.NO_LIMIT : (swap - memory) * MIB,
        directory.readNumber("memory.swap.max"));
  }

  private Cgroup v2(FixtureFiles files, String usage) {
    files
        .with("memory.max", Long.toString(64 * MIB))
        .with("memory.current", usage)
        .with("memory.low", "0");
    return new V2Cgroup(
        "c", files.made(root.resolve("c")), List.of(new V2MemoryController()), KERNEL);
  }

  /** v2 would kill: v1 says EBUSY, and so do we. */
  @Test
  void aLimitBelowWhatIsInUseIsRefusedOnV2() {
    FixtureFiles files = new FixtureFiles(KERNEL);
    Cgroup cgroup = v2(files, Long.toString(40 * MIB));
    InvalidArgument refused =
        assertThrows(
            InvalidArgument.class,
            () -> cgroup.update(Limits.builder().memory(32 * MIB).memorySwap(-1).build()));
    assertEquals(
        "unable to set memory limit to 33554432 (current usage: 41943040): free memory in the"
            + " container first, or stop it",
        refused.getMessage());
    assertEquals(List.of(), files.writes());
  }

  @Test
  void aLimitAboveWhatIsInUseIsSetOnV2() {
    FixtureFiles files = new FixtureFiles(KERNEL);
    v2(files, Long.toString(20 * MIB)).update(Limits.builder().memory(32 * MIB).build());
    assertEquals(List.of("c/memory.max=" + 32 * MIB), files.writes());
  }

  /** It was full before: what gives it more room is no reason to refuse. */
  @Test
  void aLimitThatGrowsIsNotRefusedForWhatIsInUse() {
    FixtureFiles files = new FixtureFiles(KERNEL);
    v2(files, Long.toString(200 * MIB)).update(Limits.builder().memory(128 * MIB).build());
    assertEquals(List.of("c/memory.max=" + 128 * MIB), files.writes());
  }

  @Test
  void otherLimitsDoNotLookAtMemory() {
    FixtureFiles files = new FixtureFiles(KERNEL);
    v2(files, Long.toString(200 * MIB)).update(Limits.builder().memoryReservation(8 * MIB).build());
    assertEquals(List.of("c/memory.low=" + 8 * MIB), files.writes());
  }
}
