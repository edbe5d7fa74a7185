package io.jdocker.daemon.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What all CPUs of the host have done so far, which percentages are counted by.
 *
 * @param nanoseconds of all CPUs together, idle ones too
 * @param online how many CPUs there are
 */
record HostCpu(long nanoseconds, int online) {
  private static final Path FILE = Path.of("/proc/stat");

  /** USER_HZ: /proc/stat counts in these on every architecture that Linux has had since 2.6. */
  private static final long NANOS_PER_TICK = 1_000_000_000L / 100;

  /** user, nice, system, idle, iowait, irq, softirq: what Docker counts, see proc(5). */
  private static final int COLUMNS = 7;

  static HostCpu now() {
    try {
      return parse(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  /** Reads {@code cpu 1 2 3...} and counts {@code cpu0}, {@code cpu1}... */
  static HostCpu parse(List<String> lines) {
    long ticks = 0;
    int online = 0;
    for (String line : lines) {
      if (line.startsWith("cpu ")) {
        String[] words = line.split("\\s+", -1);
        for (int column = 1; column <= COLUMNS && column < words.length; column++) {
          ticks += Long.parseLong(words[column]);
        }
      } else if (line.startsWith("cpu")) {
        online++;
      }
    }
    return new HostCpu(ticks * NANOS_PER_TICK, online);
  }
}
