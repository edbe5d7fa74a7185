package io.jdocker.cli.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.Typed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jdocker explain --flag} and {@code --list}, with no engine anywhere. */
class ExplainFlagTest {
  @ParameterizedTest
  @ValueSource(strings = {"memory", "--memory", "-m", "m"})
  void aFlagIsTold(String name) {
    assertEquals(
        new Typed(
            0,
            """
            -m, --memory
                Memory limit

            What is done to the kernel:
                cgroup v1: echo BYTES > memory.limit_in_bytes
                cgroup v2: echo BYTES > memory.max

            See cgroups(7)
            """,
            ""),
        Typed.alone("explain", "--flag=" + name));
  }

  @Test
  void aFlagThatDoesNothingSaysSo() {
    assertEquals(
        """
        --cidfile
            Write the container ID to the file

        Nothing is done to the kernel: the client writes the id to a file.
        """,
        Typed.alone("explain", "--flag", "cidfile").out());
  }

  @Test
  void anAliasIsItsFlag() {
    assertTrue(Typed.alone("explain", "--flag", "net").out().startsWith("--network\n"));
  }

  @Test
  void theListHasEveryFlag() {
    String list = Typed.alone("explain", "--list").out();
    assertTrue(list.contains("\n--ulimit                prlimit(2) before execve(2)\n"), list);
    assertTrue(
        list.contains(
            """
            --memory                cgroup v1: echo BYTES > memory.limit_in_bytes
                                    cgroup v2: echo BYTES > memory.max
            """),
        list);
  }

  @Test
  void asJson() {
    JsonObject told =
        JsonParser.parseString(
                Typed.alone("explain", "--format", "json", "--flag", "workdir").out())
            .getAsJsonObject();
    assertEquals("workdir", told.get("Flag").getAsString());
    assertEquals("[\"mkdirat(2) where it is not, chdir(2)\"]", told.get("Effects").toString());
    assertEquals("[\"chdir(2)\"]", told.get("Manuals").toString());
    String list = Typed.alone("explain", "--list", "--format=json").out();
    list.lines().forEach(line -> assertTrue(JsonParser.parseString(line).isJsonObject(), line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain | name a container, or use --flag or --list",
        "explain --flag nope | no flag of run, create or exec: nope (see jdocker explain --list)",
        "explain --list box | --flag and --list take no container",
        "explain --list --format sh | flags are told as 'text' or 'json', not as 'sh'",
      })
  void whatIsWrongIsNamed(String line, String message) {
    Typed typed = Typed.alone(line.split(" ", -1));
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains(message), typed.err());
    assertEquals("", typed.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu-count", "cpu-percent", "io-maxbandwidth", "io-maxiops"})
  void flagsOfWindowsAreRefusedAsDockerDoes(String flag) {
    Typed typed = Typed.alone("create", "--" + flag, "1", "busybox");
    assertTrue(
        typed
            .err()
            .contains(
                "\"--"
                    + flag
                    + "\" is only supported on a Docker daemon running on windows, but the Docker"
                    + " daemon is running on linux"),
        typed.err());
  }
}
