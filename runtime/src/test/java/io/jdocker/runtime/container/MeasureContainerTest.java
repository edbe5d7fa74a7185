package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.runtime.container.Measurement.InterfaceCounters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeasureContainerTest {
  private static final List<String> TITLES =
      List.of(
          "Inter-|   Receive                                                |  Transmit",
          " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs"
              + " drop fifo colls carrier compressed");

  private static Map<String, InterfaceCounters> parse(String... lines) {
    return MeasureContainer.parse(
        java.util.stream.Stream.concat(TITLES.stream(), List.of(lines).stream()).toList());
  }

  @Test
  void eachInterfaceButTheLoopback() {
    assertEquals(
        Map.of(
            "eth0", new InterfaceCounters(1, 2, 3, 4, 9, 10, 11, 12),
            "eth1", new InterfaceCounters(0, 0, 0, 0, 5, 0, 0, 0)),
        parse(
            "    lo: 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7",
            "  eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
            "  eth1:0 0 0 0 0 0 0 0 5 0 0 0 0 0 0 0"));
  }

  @Test
  void linesOfAnotherFormAreLeftOut() {
    assertEquals(Map.of(), parse("", "eth0: 1 2 3", "no colon at all"));
  }
}
