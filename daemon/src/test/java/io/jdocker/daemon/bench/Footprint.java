package io.jdocker.daemon.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Memory of an engine's own processes in KiB, containers not counted: those whose command line
 * names its folder, and the direct children of its main process.
 *
 * @param resident sum of their resident sets, shared pages counted once for each
 * @param proportional sum of their proportional set sizes: shared pages counted once in all
 */
record Footprint(int processes, long resident, long proportional) {
  /**
   * Measures.
   *
   * @param folder what the command lines of its processes name
   * @param main pid of the daemon
   */
  static Footprint take(String folder, long main) throws IOException {
    Set<Path> counted = new HashSet<>();
    for (Path process : others()) {
      if (commandLine(process).contains(folder) || parent(process) == main) {
        counted.add(process);
      }
    }
    counted.add(Path.of("/proc/" + main));
    long resident = 0;
    long proportional = 0;
    for (Path process : counted) {
      resident += field(process.resolve("smaps_rollup"), "Rss:");
      proportional += field(process.resolve("smaps_rollup"), "Pss:");
    }
    return new Footprint(counted.size(), resident, proportional);
  }

  double residentMegabytes() {
    return resident / 1024.0;
  }

  double proportionalMegabytes() {
    return proportional / 1024.0;
  }

  private static List<Path> others() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      String self = String.valueOf(ProcessHandle.current().pid());
      return entries
          .filter(p -> p.getFileName().toString().matches("[0-9]+"))
          .filter(p -> !p.endsWith(self))
          .toList();
    }
  }

  /** Empty for a process that has ended meanwhile. */
  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  private static long parent(Path process) {
    return field(process.resolve("status"), "PPid:");
  }

  /** 0 where the process has ended meanwhile. */
  private static long field(Path file, String name) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(l -> l.startsWith(name))
          .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException ended) {
      return 0;
    }
  }
}
