package io.jdocker.cgroups;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects {@link CgroupStats} from the controllers, each of which knows a part. */
final class StatsBuilder {
  long cpuTotal;
  long cpuUser;
  long cpuKernel;
  List<Long> perCpu = List.of();
  long periods;
  long throttledPeriods;
  long throttledTime;
  CgroupStats.Memory memory = new CgroupStats.Memory(0, CgroupStats.NO_LIMIT, 0, 0, Map.of());
  CgroupStats.Pids pids = new CgroupStats.Pids(0, CgroupStats.NO_LIMIT);
  final List<CgroupStats.Io> ioBytes = new ArrayList<>();
  final List<CgroupStats.Io> ioCount = new ArrayList<>();
  final Map<String, Pressure> pressure = new TreeMap<>();

  CgroupStats build() {
    return new CgroupStats(
        new CgroupStats.Cpu(
            cpuTotal, cpuUser, cpuKernel, perCpu, periods, throttledPeriods, throttledTime),
        memory,
        pids,
        List.copyOf(ioBytes),
        List.copyOf(ioCount),
        Map.copyOf(pressure));
  }
}
