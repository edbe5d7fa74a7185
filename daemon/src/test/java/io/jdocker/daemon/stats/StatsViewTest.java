package io.jdocker.daemon.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cgroups.CgroupStats;
import io.jdocker.cgroups.Pressure;
import io.jdocker.daemon.json.Json;
import io.jdocker.runtime.container.Measurement;
import io.jdocker.runtime.container.Measurement.InterfaceCounters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The document's names and values, as docker's clients read them. */
final class StatsViewTest {
  private static final Instant READ = Instant.parse("2026-03-01T12:00:01Z");
  private static final HostCpu HOST = new HostCpu(5_000, 2);

  private final StatsView view = new StatsView("web", "ab".repeat(32), 1_000_000);

  private static Measurement measurement(List<Long> perCpu, long memoryLimit, long pidsLimit) {
    return new Measurement(
        new CgroupStats(
            new CgroupStats.Cpu(100, 70, 30, perCpu, 4, 3, 2),
            new CgroupStats.Memory(
                900, memoryLimit, perCpu.isEmpty() ? 0 : 950, 0, Map.of("inactive_file", 50L)),
            new CgroupStats.Pids(7, pidsLimit),
            List.of(new CgroupStats.Io(8, 0, "Read", 4096)),
            List.of(),
            pressure(perCpu)),
        Map.of("eth0", new InterfaceCounters(1, 2, 3, 4, 5, 6, 7, 8)));
  }

  /** v1, where CPUs are told one by one, has none. */
  private static Map<String, Pressure> pressure(List<Long> perCpu) {
    Pressure.Share some = new Pressure.Share(1.5, 0.25, 0, 77);
    return perCpu.isEmpty()
        ? Map.of(
            "cpu",
            new Pressure(some, Optional.empty()),
            "io",
            new Pressure(some, Optional.of(some)))
        : Map.of();
  }

  @Test
  void pressureIsShownWhereTheKernelTellsIt() {
    JsonObject told = json(view.of(measurement(List.of(), 1, 1), HOST, READ, Optional.empty()));
    assertEquals("1.5", at(told, "pressure/cpu/some/avg10"));
    assertEquals("77", at(told, "pressure/io/full/total"));
    assertEquals("null", at(told, "pressure/cpu/full"));
    assertEquals("null", at(told, "pressure/memory"));
    JsonObject untold = json(view.of(measurement(List.of(1L), 1, 1), HOST, READ, Optional.empty()));
    assertEquals("null", at(untold, "pressure"));
  }

  private static JsonObject json(StatsDocument document) {
    return JsonParser.parseString(new Json().write(document)).getAsJsonObject();
  }

  private static String at(JsonObject from, String path) {
    JsonObject object = from;
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length - 1; i++) {
      object = object.getAsJsonObject(names[i]);
    }
    return String.valueOf(object.get(names[names.length - 1]));
  }

  @Test
  void aFirstSample() {
    JsonObject sample =
        json(view.of(measurement(List.of(60L, 40L), 2000, 50), HOST, READ, Optional.empty()));
    assertEquals("\"/web\"", at(sample, "name"));
    assertEquals("\"" + "ab".repeat(32) + "\"", at(sample, "id"));
    assertEquals("\"2026-03-01T12:00:01Z\"", at(sample, "read"));
    assertEquals("\"0001-01-01T00:00:00Z\"", at(sample, "preread"));
    assertEquals("100", at(sample, "cpu_stats/cpu_usage/total_usage"));
    assertEquals("[60,40]", at(sample, "cpu_stats/cpu_usage/percpu_usage"));
    assertEquals("30", at(sample, "cpu_stats/cpu_usage/usage_in_kernelmode"));
    assertEquals("70", at(sample, "cpu_stats/cpu_usage/usage_in_usermode"));
    assertEquals("5000", at(sample, "cpu_stats/system_cpu_usage"));
    assertEquals("2", at(sample, "cpu_stats/online_cpus"));
    assertEquals("3", at(sample, "cpu_stats/throttling_data/throttled_periods"));
    assertEquals("0", at(sample, "precpu_stats/cpu_usage/total_usage"));
    assertFalse(sample.getAsJsonObject("precpu_stats").has("system_cpu_usage"));
    assertEquals("{\"current\":7,\"limit\":50}", at(sample, "pids_stats"));
    assertEquals("900", at(sample, "memory_stats/usage"));
    assertEquals("950", at(sample, "memory_stats/max_usage"));
    assertEquals("2000", at(sample, "memory_stats/limit"));
    assertEquals("50", at(sample, "memory_stats/stats/inactive_file"));
    assertEquals(
        "[{\"major\":8,\"minor\":0,\"op\":\"Read\",\"value\":4096}]",
        at(sample, "blkio_stats/io_service_bytes_recursive"));
    assertEquals("null", at(sample, "blkio_stats/io_serviced_recursive"));
    assertEquals("0", at(sample, "num_procs"));
    assertEquals("{}", at(sample, "storage_stats"));
    assertEquals(
        "{\"rx_bytes\":1,\"rx_packets\":2,\"rx_errors\":3,\"rx_dropped\":4,\"tx_bytes\":5,"
            + "\"tx_packets\":6,\"tx_errors\":7,\"tx_dropped\":8}",
        at(sample, "networks/eth0"));
  }

  @Test
  void theSampleBeforeIsInTheNext() {
    StatsDocument first = view.of(measurement(List.of(), 2000, 50), HOST, READ, Optional.empty());
    JsonObject second =
        json(
            view.of(
                measurement(List.of(), 2000, 50),
                new HostCpu(9_000, 2),
                READ.plusSeconds(1),
                Optional.of(first)));
    assertEquals("\"2026-03-01T12:00:01Z\"", at(second, "preread"));
    assertEquals("5000", at(second, "precpu_stats/system_cpu_usage"));
    assertEquals("100", at(second, "precpu_stats/cpu_usage/total_usage"));
    assertEquals("9000", at(second, "cpu_stats/system_cpu_usage"));
  }

  @Test
  void whatTheKernelDoesNotTellIsLeftOut() {
    JsonObject sample =
        json(
            view.of(
                measurement(List.of(), CgroupStats.NO_LIMIT, CgroupStats.NO_LIMIT),
                HOST,
                READ,
                Optional.empty()));
    assertFalse(
        sample.getAsJsonObject("cpu_stats").getAsJsonObject("cpu_usage").has("percpu_usage"));
    assertFalse(sample.getAsJsonObject("memory_stats").has("max_usage"));
    assertFalse(sample.getAsJsonObject("memory_stats").has("failcnt"));
    assertEquals("{\"current\":7}", at(sample, "pids_stats"));
    assertEquals("1000000", at(sample, "memory_stats/limit"), "the host's memory is the limit");
  }

  @Test
  void aLimitAboveTheHostsMemoryIsNone() {
    JsonObject sample =
        json(
            view.of(
                measurement(List.of(), Long.MAX_VALUE - 4096, 50), HOST, READ, Optional.empty()));
    assertEquals("1000000", at(sample, "memory_stats/limit"));
  }

  @Test
  void whatDoesNotRunUsesNothing() {
    JsonObject sample = json(view.atRest());
    assertEquals("\"0001-01-01T00:00:00Z\"", at(sample, "read"));
    assertEquals("{}", at(sample, "memory_stats"));
    assertEquals("{}", at(sample, "pids_stats"));
    assertEquals("null", at(sample, "blkio_stats/io_service_bytes_recursive"));
    assertFalse(sample.has("networks"));
    assertTrue(sample.has("cpu_stats"));
  }
}
