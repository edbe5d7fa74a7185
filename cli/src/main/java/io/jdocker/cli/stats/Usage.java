package io.jdocker.cli.stats;

import com.google.gson.JsonElement;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.json.ApiObject;
import java.util.Locale;
import java.util.Map;

/**
 * What one container uses, counted from a sample as docker's command counts it.
 *
 * @param container as it was asked for
 * @param sample the API's document; empty where none has come yet
 */
record Usage(String container, ApiObject sample) {
  private static final String NONE = "--";
  private static final String NONE_OF_TWO = "-- / --";
  private static final int SHORT_ID = 12;

  private boolean isKnown() {
    return sample.has("read") && !sample.text("read").startsWith("0001-");
  }

  Row row(boolean fullIds) {
    String id = sample.text("id");
    String name = sample.text("name");
    Row row =
        new Row("*container.statsContext", Map.of())
            .with("Container", container)
            .with("Name", name.isEmpty() ? NONE : name.substring(1))
            .with("ID", fullIds || id.length() < SHORT_ID ? id : id.substring(0, SHORT_ID));
    if (!isKnown()) {
      return row.with("CPUPerc", NONE)
          .with("MemUsage", NONE_OF_TWO)
          .with("MemPerc", NONE)
          .with("NetIO", NONE)
          .with("BlockIO", NONE)
          .with("PIDs", NONE);
    }
    return row.with("CPUPerc", percent(cpu()))
        .with("MemUsage", HumanSize.binary(memory()) + " / " + HumanSize.binary(memoryLimit()))
        .with("MemPerc", percent(memoryLimit() == 0 ? 0 : 100.0 * memory() / memoryLimit()))
        .with("NetIO", pair(network("rx_bytes"), network("tx_bytes")))
        .with("BlockIO", pair(blocks('r'), blocks('w')))
        .with("PIDs", "" + sample.object("pids_stats").number("current"));
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }

  private static String pair(long in, long out) {
    return HumanSize.of(in) + " / " + HumanSize.of(out);
  }

  /** Of one CPU: what it used since the sample before, of what all CPUs did. */
  private double cpu() {
    ApiObject now = sample.object("cpu_stats");
    ApiObject before = sample.object("precpu_stats");
    double used =
        now.object("cpu_usage").number("total_usage")
            - before.object("cpu_usage").number("total_usage");
    double passed = now.number("system_cpu_usage") - before.number("system_cpu_usage");
    long online = now.number("online_cpus");
    return used > 0 && passed > 0 ? used / passed * online * 100 : 0;
  }

  /** Without what is only cached and can be dropped: v1 and v2 name it differently. */
  private long memory() {
    ApiObject memory = sample.object("memory_stats");
    ApiObject details = memory.object("stats");
    long cached =
        details.has("total_inactive_file")
            ? details.number("total_inactive_file")
            : details.number("inactive_file");
    long usage = memory.number("usage");
    return cached < usage ? usage - cached : usage;
  }

  private long memoryLimit() {
    return sample.object("memory_stats").number("limit");
  }

  private long network(String counter) {
    long sum = 0;
    for (Map.Entry<String, JsonElement> network : sample.object("networks").json().entrySet()) {
      sum += ApiObject.of(network.getValue()).number(counter);
    }
    return sum;
  }

  /**
   * Bytes read or written.
   *
   * @param operation first letter: v1 writes {@code Read}, v2 {@code read}
   */
  private long blocks(char operation) {
    long sum = 0;
    for (ApiObject entry : sample.object("blkio_stats").objects("io_service_bytes_recursive")) {
      String name = entry.text("op").toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && name.charAt(0) == operation) {
        sum += entry.number("value");
      }
    }
    return sum;
  }
}
