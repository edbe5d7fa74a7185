package io.jdocker.runtime.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Paths of /proc and /sys that a container must not see, or not write: Docker's defaults, as far as
 * the kernel at hand has them. Whether it has them is the same inside and outside, so it is looked
 * up once and the launch needs no guess.
 */
record ProtectedPaths(List<String> maskedFiles, List<String> maskedFolders, List<String> readOnly) {
  static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware");

  static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  /** Nothing hidden and nothing read-only: a privileged container. */
  static ProtectedPaths none() {
    return new ProtectedPaths(List.of(), List.of(), List.of());
  }

  /** Docker's default lists, less what this kernel has not. */
  static ProtectedPaths ofThisKernel() {
    return new ProtectedPaths(
        MASKED.stream().filter(p -> isThere(p) && !Files.isDirectory(Path.of(p))).toList(),
        MASKED.stream().filter(p -> Files.isDirectory(Path.of(p))).toList(),
        READ_ONLY.stream().filter(ProtectedPaths::isThere).toList());
  }

  private static boolean isThere(String path) {
    return Files.exists(Path.of(path));
  }
}
