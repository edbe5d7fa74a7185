package io.jdocker.cli.stats;

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

class StatsVerbTest {
  /** What docker 28 prints for it: 8.33 percent, 1 MiB of 4 MiB. */
  private static final String SAMPLE =
      """
      {"name":"/web","id":"%s","read":"2026-03-01T12:00:01Z",
       "pids_stats":{"current":3},
       "cpu_stats":{"cpu_usage":{"total_usage":3000},"system_cpu_usage":50000,"online_cpus":2},
       "precpu_stats":{"cpu_usage":{"total_usage":2000},"system_cpu_usage":26000},
       "memory_stats":{"usage":1572864,"limit":4194304,"stats":{%s:524288}},
       "blkio_stats":{"io_service_bytes_recursive":[{"op":"%s","value":5000},
        {"op":"%s","value":2000000},{"op":"%s","value":1000},{"op":"Sync","value":9}]},
       "networks":{"eth0":{"rx_bytes":1500,"tx_bytes":20},"eth1":{"rx_bytes":500,"tx_bytes":22}}}
      """;

  private static final String ID = "0123456789abcdef".repeat(4);

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

  private static String v1() {
    return SAMPLE.formatted(ID, "\"total_inactive_file\"", "Read", "Write", "Read");
  }

  private static String v2() {
    return SAMPLE.formatted(ID, "\"inactive_file\"", "read", "write", "read");
  }

  private Typed once(String sample, String... more) {
    engine.answer("GET /containers/web/stats?stream=0", sample);
    List<String> words = new java.util.ArrayList<>(List.of("stats", "--no-stream"));
    words.addAll(List.of(more));
    words.add("web");
    return Typed.at(engine, words.toArray(String[]::new));
  }

  @Test
  void theTableIsDockers() {
    String table =
        """
        CONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O     BLOCK I/O    PIDS
        0123456789ab   web       8.33%     1MiB / 4MiB         25.00%    2kB / 42B   6kB / 2MB    3
        """;
    assertEquals(
        table.replace("    PIDS", "   PIDS").replace("2MB    3", "2MB   3"), once(v1()).out());
  }

  @Test
  void bothVersionsOfControlGroupsAreRead() {
    assertEquals(once(v1()).out(), once(v2()).out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{.Container}} {{.Name}} {{.ID}}          | web web 0123456789ab",
        "{{.CPUPerc}} {{.MemPerc}} {{.PIDs}}       | 8.33% 25.00% 3",
        "{{.NetIO}}, {{.BlockIO}}, {{.MemUsage}}   | 2kB / 42B, 6kB / 2MB, 1MiB / 4MiB",
        "json | {\"BlockIO\":\"6kB / 2MB\",\"CPUPerc\":\"8.33%\",\"Container\":\"web\","
            + "\"ID\":\"0123456789ab\",\"MemPerc\":\"25.00%\",\"MemUsage\":\"1MiB / 4MiB\","
            + "\"Name\":\"web\",\"NetIO\":\"2kB / 42B\",\"PIDs\":\"3\"}",
      })
  void formats(String format, String line) {
    assertEquals(line + "\n", once(v1(), "--format", format).out());
  }

  @Test
  void theWholeIdOnRequest() {
    assertEquals(ID + "\n", once(v1(), "--no-trunc", "--format", "{{.ID}}").out());
  }

  @Test
  void whatDoesNotRunHasDashes() {
    String rest = "{\"name\":\"/web\",\"id\":\"" + ID + "\",\"read\":\"0001-01-01T00:00:00Z\"}";
    assertEquals(
        "-- -- / -- -- -- -- --\n",
        once(
                rest,
                "--format",
                "{{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.NetIO}} {{.BlockIO}} {{.PIDs}}")
            .out());
  }

  @Test
  void aFirstSampleHasNoPercentage() {
    String first =
        "{\"name\":\"/web\",\"id\":\"a\",\"read\":\"2026-03-01T12:00:01Z\",\"cpu_stats\":"
            + "{\"cpu_usage\":{\"total_usage\":0}},\"memory_stats\":{\"usage\":5}}";
    assertEquals(
        "0.00% 5B / 0B 0.00% 0B / 0B\n",
        once(first, "--format", "{{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.NetIO}}").out());
  }

  @Test
  void withoutANameAllThatRunAreShown() {
    engine.answer("GET /containers/json", "[{\"Id\":\"aa\"},{\"Id\":\"bb\"}]");
    engine.answer("GET /containers/aa/stats?stream=0", v1().replace("/web", "/first"));
    engine.answer("GET /containers/bb/stats?stream=0", v1().replace("/web", "/second"));
    Typed typed = Typed.at(engine, "stats", "--no-stream", "--format", "{{.Name}}");
    assertEquals("first\nsecond\n", typed.out());
    Typed.at(engine, "stats", "--no-stream", "-a");
    assertTrue(engine.lines().contains("GET /containers/json?all=1"), engine.lines().toString());
  }

  @Test
  void anUnknownOneIsAnErrorWithoutATable() {
    engine.refuse("GET /containers/web/stats", 404, "No such container: web");
    Typed typed = Typed.at(engine, "stats", "--no-stream", "web");
    assertEquals("", typed.out());
    assertEquals("Error response from daemon: No such container: web\n", typed.err());
    assertEquals(1, typed.code());
  }

  @Test
  void theStreamIsPaintedUntilTheContainerIsGone() {
    engine.answer("GET /containers/web/stats?stream=1", v1() + v1());
    Typed typed = Typed.at(engine, "stats", "web");
    assertEquals(0, typed.code());
    assertTrue(typed.out().startsWith("\033[HCONTAINER ID"), typed.out());
    assertTrue(typed.out().endsWith("\033[K\n\033[J"), typed.out());
  }

  @Test
  void aStreamThatIsRefusedEnds() {
    engine.refuse("GET /containers/web/stats", 404, "No such container: web");
    Typed typed = Typed.at(engine, "stats", "web");
    assertEquals("Error response from daemon: No such container: web\n", typed.err());
    assertEquals(1, typed.code());
  }

  @Test
  void wrongTemplatesAreSaid() {
    Typed typed = once(v1(), "--format", "{{.Nope}}");
    assertTrue(typed.err().contains("can't evaluate field Nope"), typed.err());
    assertEquals(1, typed.code());
  }
}
