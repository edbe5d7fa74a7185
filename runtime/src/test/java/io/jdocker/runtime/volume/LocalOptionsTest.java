package io.jdocker.runtime.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.MountCalls;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOptionsTest {
  private static LocalOptions parse(String o) {
    return LocalOptions.parse(Map.of("type", "x", "device", "y", "o", o));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                  | 0      | ''",
        "defaults            | 0      | ''",
        "ro,nosuid           | 3      | ''",
        "ro,rw               | 0      | ''",
        "nodev,noexec,exec   | 4      | ''",
        "bind                | 4096   | ''",
        "rbind               | 20480  | ''",
        "size=1m,noatime     | 1024   | size=1m",
        "uid=1,gid=2,sync    | 16     | uid=1,gid=2",
      })
  void whatIsNoFlagIsTheFileSystems(String o, long flags, String data) {
    assertEquals(new LocalOptions("x", "y", flags, data), parse(o));
  }

  @Test
  void aBindIsOne() {
    assertEquals(true, parse("rbind,ro").isBind());
    assertEquals(false, parse("ro").isBind());
    assertEquals(MountCalls.MS_RDONLY, parse("ro").flags());
  }

  @ParameterizedTest
  @CsvSource({
    "'addr=127.0.0.1,vers=4', 'addr=127.0.0.1,vers=4'",
    "'vers=4,addr=localhost', 'vers=4,addr=127.0.0.1'",
    "'soft,nfsvers=3', 'soft,nfsvers=3'",
  })
  void theServersNameIsLookedUp(String o, String data) {
    assertEquals(data, parse(o).kernelData());
  }

  @Test
  void aServerThatNobodyKnowsIsNamed() {
    EngineException e =
        assertThrows(InvalidArgument.class, () -> parse("addr=no.such.invalid").kernelData());
    assertEquals(
        "error resolving passed in network volume address: no.such.invalid", e.getMessage());
  }
}
