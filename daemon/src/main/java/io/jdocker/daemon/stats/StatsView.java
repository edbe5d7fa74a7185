package io.jdocker.daemon.stats;

import io.jdocker.cgroups.CgroupStats;
import io.jdocker.cgroups.Pressure;
import io.jdocker.daemon.stats.StatsDocument.BlockIo;
import io.jdocker.daemon.stats.StatsDocument.Cpu;
import io.jdocker.daemon.stats.StatsDocument.CpuUsage;
import io.jdocker.daemon.stats.StatsDocument.Interface;
import io.jdocker.daemon.stats.StatsDocument.Io;
import io.jdocker.daemon.stats.StatsDocument.Memory;
import io.jdocker.daemon.stats.StatsDocument.Pids;
import io.jdocker.daemon.stats.StatsDocument.Share;
import io.jdocker.daemon.stats.StatsDocument.Throttling;
import io.jdocker.daemon.stats.StatsDocument.Waiting;
import io.jdocker.runtime.container.Measurement;
import io.jdocker.runtime.container.Measurement.InterfaceCounters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns measurements of one container into documents.
 *
 * @param name without the leading slash
 * @param hostMemory bytes, which stand for a limit that is not set
 */
record StatsView(String name, String id, long hostMemory) {
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
  private static final Cpu NO_CPU =
      new Cpu(new CpuUsage(0, List.of(), 0, 0), 0, 0, new Throttling(0, 0, 0));

  /** Of a container that does not run. */
  StatsDocument atRest() {
    Optional<List<Io>> none = Optional.empty();
    return new StatsDocument(
        "/" + name,
        id,
        NEVER,
        NEVER,
        new Pids(0, 0),
        new BlockIo(none, none, none, none, none, none, none, none),
        0,
        Map.of(),
        NO_CPU,
        NO_CPU,
        new Memory(0, 0, Map.of(), 0, 0),
        Map.of(),
        Map.of());
  }

  /**
   * Of one that runs.
   *
   * @param before the sample before; empty for the first
   */
  StatsDocument of(Measurement now, HostCpu host, Instant read, Optional<StatsDocument> before) {
    CgroupStats group = now.group();
    return new StatsDocument(
        "/" + name,
        id,
        read,
        before.map(StatsDocument::read).orElse(NEVER),
        new Pids(group.pids().current(), limit(group.pids().limit(), 0)),
        blockIo(group),
        0,
        Map.of(),
        cpu(group.cpu(), host),
        before.map(StatsDocument::cpu).orElse(NO_CPU),
        new Memory(
            group.memory().usage(),
            group.memory().maxUsage(),
            new TreeMap<>(group.memory().stat()),
            group.memory().failures(),
            Math.min(limit(group.memory().limit(), hostMemory), hostMemory)),
        networks(now.interfaces()),
        pressure(group.pressure()));
  }

  private static Map<String, Waiting> pressure(Map<String, Pressure> pressure) {
    Map<String, Waiting> shown = new TreeMap<>();
    pressure.forEach(
        (subject, told) ->
            shown.put(subject, new Waiting(share(told.some()), told.full().map(StatsView::share))));
    return shown;
  }

  private static Share share(Pressure.Share share) {
    return new Share(share.avg10(), share.avg60(), share.avg300(), share.total());
  }

  private static long limit(long value, long unlimited) {
    return value == CgroupStats.NO_LIMIT ? unlimited : value;
  }

  private static Cpu cpu(CgroupStats.Cpu cpu, HostCpu host) {
    return new Cpu(
        new CpuUsage(cpu.total(), cpu.perCpu(), cpu.kernel(), cpu.user()),
        host.nanoseconds(),
        host.online(),
        new Throttling(cpu.periods(), cpu.throttledPeriods(), cpu.throttledTime()));
  }

  private static BlockIo blockIo(CgroupStats group) {
    Optional<List<Io>> none = Optional.empty();
    Optional<List<Io>> counts =
        group.ioCount().isEmpty() ? none : Optional.of(list(group.ioCount()));
    return new BlockIo(
        Optional.of(list(group.ioBytes())), counts, none, none, none, none, none, none);
  }

  private static List<Io> list(List<CgroupStats.Io> counters) {
    return counters.stream()
        .map(io -> new Io(io.major(), io.minor(), io.operation(), io.value()))
        .toList();
  }

  private static Map<String, Interface> networks(Map<String, InterfaceCounters> interfaces) {
    Map<String, Interface> networks = new TreeMap<>();
    interfaces.forEach(
        (interfaceName, of) ->
            networks.put(
                interfaceName,
                new Interface(
                    of.receivedBytes(),
                    of.receivedPackets(),
                    of.receiveErrors(),
                    of.receiveDrops(),
                    of.sentBytes(),
                    of.sentPackets(),
                    of.sendErrors(),
                    of.sendDrops())));
    return networks;
  }
}
