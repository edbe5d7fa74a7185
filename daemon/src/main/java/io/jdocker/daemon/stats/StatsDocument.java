package io.jdocker.daemon.stats;

import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One sample. Bytes, nanoseconds and counts since the container's start.
 *
 * @param read when it was taken; Docker's zero time where the container does not run
 * @param precpu the CPU of the sample before, from which clients count percentages
 */
record StatsDocument(
    @Key("name") String name,
    @Key("id") String id,
    @Key("read") Instant read,
    @Key("preread") Instant preread,
    @Key("pids_stats") Pids pids,
    @Key("blkio_stats") BlockIo blockIo,
    @Key("num_procs") int processes,
    @Key("storage_stats") Map<String, Long> storage,
    @Key("cpu_stats") Cpu cpu,
    @Key("precpu_stats") Cpu precpu,
    @Key("memory_stats") Memory memory,
    @Key("networks") @OmitEmpty Map<String, Interface> networks,
    @Key("pressure") @OmitEmpty Map<String, Waiting> pressure) {

  /** An addition to Docker's document: pressure stall information, by cpu, memory and io. */
  record Waiting(@Key("some") Share some, @Key("full") @OmitEmpty Optional<Share> full) {}

  /** Percent of the last 10, 60 and 300 seconds, and microseconds since the container's start. */
  record Share(
      @Key("avg10") double avg10,
      @Key("avg60") double avg60,
      @Key("avg300") double avg300,
      @Key("total") long total) {}

  record Pids(@Key("current") @OmitEmpty long current, @Key("limit") @OmitEmpty long limit) {}

  /** The first list is all that cgroup v2 has; the kernel's other counters are null there. */
  record BlockIo(
      @Key("io_service_bytes_recursive") Optional<List<Io>> bytes,
      @Key("io_serviced_recursive") Optional<List<Io>> operations,
      @Key("io_queue_recursive") Optional<List<Io>> queued,
      @Key("io_service_time_recursive") Optional<List<Io>> serviceTime,
      @Key("io_wait_time_recursive") Optional<List<Io>> waitTime,
      @Key("io_merged_recursive") Optional<List<Io>> merged,
      @Key("io_time_recursive") Optional<List<Io>> time,
      @Key("sectors_recursive") Optional<List<Io>> sectors) {}

  record Io(
      @Key("major") int major,
      @Key("minor") int minor,
      @Key("op") String operation,
      @Key("value") long value) {}

  record Cpu(
      @Key("cpu_usage") CpuUsage usage,
      @Key("system_cpu_usage") @OmitEmpty long system,
      @Key("online_cpus") @OmitEmpty int online,
      @Key("throttling_data") Throttling throttling) {}

  record CpuUsage(
      @Key("total_usage") long total,
      @Key("percpu_usage") @OmitEmpty List<Long> perCpu,
      @Key("usage_in_kernelmode") long kernel,
      @Key("usage_in_usermode") long user) {}

  record Throttling(
      @Key("periods") long periods,
      @Key("throttled_periods") long throttledPeriods,
      @Key("throttled_time") long throttledTime) {}

  record Memory(
      @Key("usage") @OmitEmpty long usage,
      @Key("max_usage") @OmitEmpty long maxUsage,
      @Key("stats") @OmitEmpty Map<String, Long> stats,
      @Key("failcnt") @OmitEmpty long failures,
      @Key("limit") @OmitEmpty long limit) {}

  record Interface(
      @Key("rx_bytes") long receivedBytes,
      @Key("rx_packets") long receivedPackets,
      @Key("rx_errors") long receiveErrors,
      @Key("rx_dropped") long receiveDrops,
      @Key("tx_bytes") long sentBytes,
      @Key("tx_packets") long sentPackets,
      @Key("tx_errors") long sendErrors,
      @Key("tx_dropped") long sendDrops) {}
}
