package io.jdocker.cli.container.request;

import static io.jdocker.cli.option.FlagKind.BYTES;
import static io.jdocker.cli.option.FlagKind.BYTES_OR_UNLIMITED;
import static io.jdocker.cli.option.FlagKind.DECIMAL;
import static io.jdocker.cli.option.FlagKind.INT;
import static io.jdocker.cli.option.FlagKind.STRING;
import static io.jdocker.cli.option.FlagKind.UINT16;

import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.FlagValues;
import io.jdocker.cli.option.Parsed;

/** The body of an update: what is not among the flags stays as it is. */
public final class UpdateRequest {
  private UpdateRequest() {}

  public static FlagTable flags() {
    return new FlagTable()
        .add(
            UINT16,
            "blkio-weight",
            "Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)")
        .add(INT, "cpu-period", "Limit CPU CFS (Completely Fair Scheduler) period")
        .add(INT, "cpu-quota", "Limit CPU CFS (Completely Fair Scheduler) quota")
        .add(INT, "cpu-rt-period", "Limit the CPU real-time period in microseconds")
        .add(INT, "cpu-rt-runtime", "Limit the CPU real-time runtime in microseconds")
        .add(INT, 'c', "cpu-shares", "CPU shares (relative weight)")
        .add(DECIMAL, "cpus", "Number of CPUs")
        .add(STRING, "cpuset-cpus", "CPUs in which to allow execution (0-3, 0,1)")
        .add(STRING, "cpuset-mems", "MEMs in which to allow execution (0-3, 0,1)")
        .add(BYTES, 'm', "memory", "Memory limit")
        .add(BYTES, "memory-reservation", "Memory soft limit")
        .add(
            BYTES_OR_UNLIMITED,
            "memory-swap",
            "Swap limit equal to memory plus swap: -1 to enable unlimited swap")
        .add(INT, "pids-limit", "Tune container pids limit (set -1 for unlimited)")
        .add(STRING, "restart", "Restart policy to apply when a container exits");
  }

  public static JsonObject of(Parsed line) {
    JsonBody body = new JsonBody();
    line.find("cpus").ifPresent(text -> body.number("NanoCpus", FlagValues.parseNanoCpus(text)));
    body.number("BlkioWeight", line.number("blkio-weight", 0))
        .number("CpuPeriod", line.number("cpu-period", 0))
        .number("CpuQuota", line.number("cpu-quota", 0))
        .number("CpuRealtimePeriod", line.number("cpu-rt-period", 0))
        .number("CpuRealtimeRuntime", line.number("cpu-rt-runtime", 0))
        .number("CpuShares", line.number("cpu-shares", 0))
        .text("CpusetCpus", line.text("cpuset-cpus"))
        .text("CpusetMems", line.text("cpuset-mems"))
        .number("Memory", line.bytes("memory"))
        .number("MemoryReservation", line.bytes("memory-reservation"))
        .number("MemorySwap", line.bytesOrUnlimited("memory-swap"))
        .number("PidsLimit", line.number("pids-limit", 0));
    if (line.has("restart")) {
      body.member("RestartPolicy", restartPolicy(line.text("restart")));
    }
    return body.build();
  }

  private static JsonObject restartPolicy(String text) {
    try {
      return RestartPolicySpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
