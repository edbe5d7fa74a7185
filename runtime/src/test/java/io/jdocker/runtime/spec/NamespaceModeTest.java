package io.jdocker.runtime.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.NamespaceMode.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceModeTest {
  /** Which words each kind takes, as in Docker. */
  @ParameterizedTest
  @CsvSource({
    "PID,    '',          Own,       true",
    "PID,    host,        Host,      false",
    "PID,    container:x, Container, false",
    "IPC,    '',          Own,       true",
    "IPC,    private,     Own,       true",
    "IPC,    shareable,   Shareable, true",
    "IPC,    none,        Bare,      true",
    "IPC,    host,        Host,      false",
    "IPC,    container:x, Container, false",
    "UTS,    '',          Own,       true",
    "UTS,    host,        Host,      false",
    "CGROUP, '',          Unsaid,    true",
    "CGROUP, private,     Own,       true",
    "CGROUP, host,        Host,      false",
    "USER,   '',          Own,       true",
    "USER,   host,        Host,      false",
  })
  void wordsAreRead(Kind kind, String text, String mode, boolean isNew) {
    NamespaceMode read = kind.parse(text);
    assertEquals(mode, read.getClass().getSimpleName());
    assertEquals(isNew, read.isNew());
    assertEquals(read, NamespaceMode.read(read.text("private")), "it comes back from a record");
  }

  @ParameterizedTest
  @CsvSource({
    "PID,    private,     invalid PID mode: private",
    "PID,    shareable,   invalid PID mode: shareable",
    "PID,    none,        invalid PID mode: none",
    "PID,    container:,  invalid PID mode: container:",
    "PID,    Host,        invalid PID mode: Host",
    "IPC,    container:,  invalid IPC mode: container:",
    "IPC,    'host ',     'invalid IPC mode: host '",
    "UTS,    private,     invalid UTS mode: private",
    "UTS,    container:x, invalid UTS mode: container:x",
    "CGROUP, container:x, invalid cgroup namespace mode: container:x",
    "CGROUP, shareable,   invalid cgroup namespace mode: shareable",
    "USER,   container:x, invalid USER mode: container:x",
  })
  void otherWordsAreRefused(Kind kind, String text, String message) {
    EngineException e = assertThrows(InvalidArgument.class, () -> kind.parse(text));
    assertEquals(message, e.getMessage());
  }

  @Test
  void itsOwnIsShownAsTheApiHasIt() {
    assertEquals("", Kind.PID.parse("").text(""));
    assertEquals("private", Kind.IPC.parse("").text("private"));
    assertEquals("container:x", Kind.PID.parse("container:x").text(""));
    assertEquals("none", Kind.IPC.parse("none").text("private"));
  }

  @ParameterizedTest
  @CsvSource({
    "3600,         3600000000000,  'monotonic 3600 0|boottime 0 0|'",
    "3600s,        3600000000000,  'monotonic 3600 0|boottime 0 0|'",
    "0.5,          500000000,      'monotonic 0 500000000|boottime 0 0|'",
    "-1.5,         -1500000000,    'monotonic -2 500000000|boottime 0 0|'",
    "0.0000000019, 1,              'monotonic 0 1|boottime 0 0|'",
    "-86400s,      -86400000000000, 'monotonic -86400 0|boottime 0 0|'",
  })
  void offsetsAreGivenToTheKernelInItsWay(String text, long nanos, String kernel) {
    TimeOffsets offsets = TimeOffsets.parse(Map.of("monotonic", text));
    assertEquals(nanos, offsets.monotonic());
    assertEquals(kernel.replace('|', '\n'), offsets.kernelText());
    assertEquals(
        offsets, TimeOffsets.parse(Map.of("monotonic", TimeOffsets.seconds(offsets.monotonic()))));
  }

  @ParameterizedTest
  @CsvSource({"monotonic, x", "monotonic, ''", "boottime, 1e99", "boottime, 1m", "realtime, 1"})
  void otherOffsetsAreRefused(String clock, String text) {
    EngineException e =
        assertThrows(InvalidArgument.class, () -> TimeOffsets.parse(Map.of(clock, text)));
    assertEquals("invalid time offset: ", e.getMessage().substring(0, 21));
  }
}
