package io.jdocker.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** pause, unpause, rename and update: requests, prints, refusals. */
class LifecycleVerbsTest {
  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private Typed type(String line) {
    return Typed.at(engine, line.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pause a              | POST /containers/a/pause         | a~
          container pause a    | POST /containers/a/pause         | a~
          unpause a            | POST /containers/a/unpause       | a~
          container unpause a  | POST /containers/a/unpause       | a~
          rename a b           | POST /containers/a/rename?name=b | ''
          container rename a b | POST /containers/a/rename?name=b | ''
          """)
  void oneRequestEach(String line, String request, String printed) {
    engine.answer(request, 204, "");
    Typed typed = type(line);
    assertEquals("", typed.err());
    assertEquals(printed, typed.out().replace('\n', '~'));
    assertEquals(0, typed.code());
    assertEquals(List.of(request), engine.lines());
  }

  @Test
  void oneThatCannotBePausedKeepsNobodyElseFromIt() {
    engine.refuse("POST /containers/a/pause", 409, "Container a is already paused");
    engine.answer("POST /containers/b/pause", 204, "");
    Typed typed = type("pause a b");
    assertEquals("b\n", typed.out());
    assertEquals("Error response from daemon: Container a is already paused\n", typed.err());
    assertEquals(1, typed.code());
  }

  @Test
  void aRefusedNameIsToldOfInTwoLines() {
    engine.refuse("POST /containers/a/rename", 409, "Error when allocating new name: Conflict.");
    Typed typed = type("rename a b");
    assertEquals(
        """
        Error response from daemon: Error when allocating new name: Conflict.
        Error: failed to rename container named a
        """,
        typed.err());
    assertEquals(1, typed.code());
  }

  @Test
  void anEmptyNameIsNotAskedFor() {
    Typed typed = Typed.at(engine, "rename", "a", " ");
    assertEquals("Error: Neither old nor new names may be empty\n", typed.err());
    assertEquals(1, typed.code());
    assertEquals(List.of(), engine.lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-m 64m                       | `Memory`:67108864",
        "--memory-swap -1             | `MemorySwap`:-1",
        "--memory-reservation 1g      | `MemoryReservation`:1073741824",
        "--cpus 1.5                   | `NanoCpus`:1500000000",
        "-c 512                       | `CpuShares`:512",
        "--cpu-period 50000           | `CpuPeriod`:50000",
        "--cpu-quota 20000            | `CpuQuota`:20000",
        "--cpu-rt-period 10           | `CpuRealtimePeriod`:10",
        "--cpu-rt-runtime 10          | `CpuRealtimeRuntime`:10",
        "--cpuset-cpus 0-1            | `CpusetCpus`:`0-1`",
        "--cpuset-mems 0              | `CpusetMems`:`0`",
        "--pids-limit -1              | `PidsLimit`:-1",
        "--blkio-weight 300           | `BlkioWeight`:300",
        "--restart always             | `RestartPolicy`:{`Name`:`always`}",
        "--restart on-failure:3       | `RestartPolicy`:{`Name`:`on-failure`,`MaximumRetryCount`:3}",
        "--restart no                 | `RestartPolicy`:{`Name`:`no`}",
      })
  void onlyWhatIsToChangeIsSent(String flags, String member) {
    engine.answer("POST /containers/a/update", "{\"Warnings\":[]}");
    Typed typed = type("update " + flags + " a");
    assertEquals("", typed.err());
    assertEquals("a\n", typed.out());
    assertEquals("{" + member.replace('`', '"') + "}", engine.body("POST /containers/a/update"));
  }

  @Test
  void warningsFollowTheName() {
    engine.answer("POST /containers/a/update", "{\"Warnings\":[\"no swap here\"]}");
    engine.refuse("POST /containers/b/update", 400, "Cannot update container b: because");
    Typed typed = type("update --memory-swap 1g a b");
    assertEquals("a\nno swap here\n", typed.out());
    assertEquals("Error response from daemon: Cannot update container b: because\n", typed.err());
    assertEquals(1, typed.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update a | you must provide one or more flags when using this command",
        "update --restart :3 a | invalid restart policy format: no policy provided before colon",
        "update --restart on-failure:x a"
            + " | invalid restart policy format: maximum retry count must be an integer",
      })
  void whatCannotBeAskedIsNotAsked(String line, String message) {
    Typed typed = type(line);
    assertEquals(message + "\n", typed.err());
    assertEquals(1, typed.code());
    assertEquals(List.of(), engine.lines());
  }

  @ParameterizedTest
  @CsvSource({"pause", "unpause", "rename a", "rename a b c", "update"})
  void withoutAContainerThereIsOnlyAdvice(String line) {
    Typed typed = type(line);
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains("requires"), typed.err());
    assertEquals(List.of(), engine.lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --restart :1 busybox"
            + " | invalid restart policy format: no policy provided before colon",
        "create --restart always:x busybox"
            + " | invalid restart policy format: maximum retry count must be an integer",
        "run --rm --restart always busybox"
            + " | conflicting options: cannot specify both --restart and --rm",
      })
  void runRefusesAWrongPolicyWith125(String line, String message) {
    Typed typed = type(line);
    assertTrue(typed.err().contains(message), typed.err());
    assertEquals(125, typed.code());
    assertEquals(List.of(), engine.lines());
  }
}
