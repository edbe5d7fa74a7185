package io.jdocker.daemon.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HostCpuTest {
  @Test
  void sevenColumnsOfAllCpusAndHowManyThereAre() {
    HostCpu cpu =
        HostCpu.parse(
            List.of(
                "cpu  1 20 300 4000 50000 600000 7000000 800000000 9 10",
                "cpu0 1 1 1 1 1 1 1 1 1 1",
                "cpu11 1 1 1 1 1 1 1 1 1 1",
                "intr 12345 cpu",
                "ctxt 1"));
    assertEquals(7654321L * 10_000_000, cpu.nanoseconds());
    assertEquals(2, cpu.online());
  }

  @Test
  void anOldKernelsFewerColumnsAreAdded() {
    assertEquals(60_000_000, HostCpu.parse(List.of("cpu  1 2 3")).nanoseconds());
  }

  @Test
  void thisMachineHasACpuAndUsesIt() {
    HostCpu first = HostCpu.now();
    assertTrue(first.online() >= 1);
    assertTrue(HostCpu.now().nanoseconds() >= first.nanoseconds());
  }
}
