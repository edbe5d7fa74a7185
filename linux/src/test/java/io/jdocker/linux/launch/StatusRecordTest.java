package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusRecordTest {
  /** Little endian; of the third number an int counts. */
  private static final byte[] ENDED =
      HexFormat.of().parseHex("d20400000000000001e1f5050000000000070000ffffffff");

  @Test
  void anEndedRunIsTwoPidsAndAWaitStatus() {
    assertEquals(
        Optional.of(new StatusRecord(1234, 100_000_001, Optional.of(0x700))),
        StatusRecord.parse(ENDED));
  }

  @Test
  void withTwoPidsAloneItRuns() {
    StatusRecord running = StatusRecord.parse(Arrays.copyOf(ENDED, 16)).orElseThrow();
    assertEquals(Optional.empty(), running.status());
    assertEquals(1234, running.keeperPid());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 15})
  void whatAKilledKeeperLeftHalfWrittenIsNoRecord(int length) {
    assertEquals(Optional.empty(), StatusRecord.parse(Arrays.copyOf(ENDED, length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 23})
  void aHalfWrittenStatusIsNone(int length) {
    StatusRecord record = StatusRecord.parse(Arrays.copyOf(ENDED, length)).orElseThrow();
    assertEquals(Optional.empty(), record.status());
  }

  /** The encoding of wait(2): exit code in the second byte, signal and core flag in the first. */
  @ParameterizedTest
  @CsvSource({
    "0x0000, 0", "0x0100, 1", "0x7f00, 127", "0xff00, 255",
    "0x0009, 137", "0x000f, 143", "0x008b, 139", "0x0086, 134"
  })
  void theExitCodeIsTheOneAShellShows(String waitStatus, int code) {
    assertEquals(code, StatusRecord.exitCode(Integer.decode(waitStatus)));
  }
}
