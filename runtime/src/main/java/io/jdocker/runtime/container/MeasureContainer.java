package io.jdocker.runtime.container;

import io.jdocker.cgroups.CgroupStats;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.container.Measurement.InterfaceCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The verb stats, once: control group files, and the interfaces as the first process sees them. */
final class MeasureContainer {
  private static final int SENT = 8;
  private static final int COLUMNS = 16;

  /** Measures; empty where the container does not run, or ends meanwhile. */
  Optional<Measurement> measure(Container container) {
    Optional<Run> run = container.run();
    if (run.isEmpty()) {
      return Optional.empty();
    }
    try {
      CgroupStats group = run.get().cgroup().stats();
      boolean ownNetwork = !container.record().spec().networking().mode().equals("host");
      return Optional.of(
          new Measurement(group, ownNetwork ? interfaces(run.get().pid()) : Map.of()));
    } catch (SystemFailure | IOException e) {
      if (container.run().isEmpty()) {
        return Optional.empty();
      }
      throw new SystemFailure(
          "cannot measure container " + container.id() + ": " + e.getMessage(), e);
    }
  }

  /** See proc(5), /proc/pid/net/dev: it shows the namespace of that process. */
  private static Map<String, InterfaceCounters> interfaces(int pid) throws IOException {
    return parse(Files.readAllLines(Path.of("/proc", Integer.toString(pid), "net", "dev")));
  }

  /** Reads the file's lines: two of titles, then {@code name: counter...}. */
  static Map<String, InterfaceCounters> parse(List<String> lines) {
    Map<String, InterfaceCounters> found = new TreeMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      if (!name.isEmpty() && !name.equals("lo")) {
        String[] numbers = line.substring(colon + 1).strip().split("\\s+");
        if (numbers.length >= COLUMNS) {
          found.put(name, counters(numbers));
        }
      }
    }
    return found;
  }

  private static InterfaceCounters counters(String[] numbers) {
    return new InterfaceCounters(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]),
        Long.parseLong(numbers[SENT]),
        Long.parseLong(numbers[SENT + 1]),
        Long.parseLong(numbers[SENT + 2]),
        Long.parseLong(numbers[SENT + 3]));
  }
}
