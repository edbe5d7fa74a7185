package io.jdocker.daemon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a daemon has at a moment when no container is there: proc(5).
 *
 * @param lives how many containers have come and gone
 * @param millis the median of a whole life since the sample before
 * @param residentMegabytes of the daemon alone
 * @param links of its network namespace
 * @param mounts of its mount namespace
 * @param groups control groups below that of the benchmark's containers
 */
record SoakSample(
    int lives,
    double millis,
    double residentMegabytes,
    long descriptors,
    long threads,
    long links,
    long mounts,
    long groups) {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final int LEVELS = 4;
  private static final int HEADER_LINES = 2;
  private static final double KIB_PER_MEGABYTE = 1024;

  /**
   * Looks.
   *
   * @param parent the name of the control group that the containers' groups are made in
   */
  static SoakSample take(long daemon, String parent, int lives, double millis) throws IOException {
    Path process = Path.of("/proc/" + daemon);
    return new SoakSample(
        lives,
        millis,
        field(process, "VmRSS:") / KIB_PER_MEGABYTE,
        entries(process.resolve("fd")),
        field(process, "Threads:"),
        lines(process.resolve("net/dev")) - HEADER_LINES,
        lines(process.resolve("mountinfo")),
        groups(parent));
  }

  /** Links, mounts and groups: what must be the same to the last one. */
  long kernelObjects() {
    return links + mounts + groups;
  }

  private static long field(Path process, String name) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private static long lines(Path file) throws IOException {
    return Files.readAllLines(file).size();
  }

  private static long groups(String parent) throws IOException {
    String below = "/" + parent + "/";
    try (Stream<Path> folders = Files.find(GROUPS, LEVELS, (p, a) -> a.isDirectory())) {
      return folders.filter(folder -> folder.toString().contains(below)).count();
    }
  }
}
