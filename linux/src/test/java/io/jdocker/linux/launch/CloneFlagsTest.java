package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jdocker.linux.ProcessCalls;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags as clone(2) and unshare(1) write them, and the line SigIgn of proc(5). */
final class CloneFlagsTest {
  @ParameterizedTest
  @CsvSource({
    "0x00020000, CLONE_NEWNS,     --mount",
    "0x04000000, CLONE_NEWUTS,    --uts",
    "0x08000000, CLONE_NEWIPC,    --ipc",
    "0x20000000, CLONE_NEWPID,    --pid",
    "0x40000000, CLONE_NEWNET,    --net",
    "0x02000000, CLONE_NEWCGROUP, --cgroup",
    "0x10000000, CLONE_NEWUSER,   --user",
    "0x00000080, CLONE_NEWTIME,   --time"
  })
  void eachNamespaceHasItsNameAndItsOption(String flag, String name, String option) {
    long value = Long.decode(flag);
    assertEquals(name, CloneFlags.shown(value));
    assertEquals(option, CloneFlags.options(value));
  }

  @Test
  void severalAreToldInOneOrderWhateverOrderTheyWereGivenIn() {
    long flags = ProcessCalls.CLONE_NEWPID | ProcessCalls.CLONE_NEWNS | ProcessCalls.CLONE_NEWUTS;
    assertEquals("CLONE_NEWNS|CLONE_NEWUTS|CLONE_NEWPID", CloneFlags.shown(flags));
    assertEquals("--mount --uts --pid", CloneFlags.options(flags));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x100, 17, 0x4000, 0x200000000L})
  void whatMakesNoNamespaceIsNotTold(long flags) {
    assertEquals("", CloneFlags.shown(flags));
    assertEquals("", CloneFlags.options(flags));
  }

  private static List<Integer> ignored(String line) {
    return IgnoredSignals.parse(List.of("Name:\tjava", "SigBlk:\tffffffffffffffff", line));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, ''",
    "0000000000000001, 1",
    "0000000000001000, 13",
    "0000000000001001, 1 13",
    "8000000000000000, 64",
    "0000000100000000, 33"
  })
  void aBitIsASignalFromOne(String mask, String signals) {
    List<Integer> expected =
        signals.isEmpty()
            ? List.of()
            : List.of(signals.split(" ")).stream().map(Integer::valueOf).toList();
    assertEquals(expected, ignored("SigIgn:\t" + mask));
  }

  @Test
  void allSixtyFourMayBeIgnored() {
    assertEquals(64, ignored("SigIgn:\tffffffffffffffff").size());
  }

  @Test
  void sigkillCannotBeAmongThoseOfThisProcess() {
    assertFalse(IgnoredSignals.ofThisProcess().contains(9));
  }
}
