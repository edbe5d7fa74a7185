package io.jdocker.runtime.launch;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** What the kernel is told about the process and its namespaces through /proc and prlimit(2). */
final class KernelChapter {
  private static final int RLIMIT_SIZE = 16;

  private KernelChapter() {}

  /**
   * Sets the sysctls of the namespaces the child is in. Through the host's /proc, before the pivot:
   * the files of a namespaced sysctl are those of whoever opens them, and nothing of the image can
   * stand in the way (CVE-2025-52881).
   */
  static void sysctls(Calls calls, KernelSettings settings) {
    new TreeMap<>(settings.sysctls())
        .forEach(
            (name, value) -> {
              Step written = write(calls, "set " + name, KernelSettings.sysctlFile(name), value);
              written.shell(() -> "sysctl -w " + Shell.quote(name + "=" + value));
            });
  }

  /** Sets what the process and all that come of it are given: while it may still change them. */
  static void process(Calls calls, KernelSettings settings) {
    if (settings.oomScoreAdj() != 0) {
      String score = Integer.toString(settings.oomScoreAdj());
      write(calls, "how soon it dies when memory is short", "/proc/self/oom_score_adj", score)
          .shell(() -> "echo " + score + " > /proc/self/oom_score_adj");
    }
    for (ResourceLimit limit : settings.limits()) {
      ByteBuffer pair = ByteBuffer.allocate(RLIMIT_SIZE).order(ByteOrder.nativeOrder());
      pair.putLong(limit.soft()).putLong(limit.hard());
      calls
          .call(
              "limit " + limit.kind().lowerName(),
              Sys.PRLIMIT64,
              Operand.of(0),
              Operand.named(limit.kind().number(), limit.kind().constant()),
              new Operand.Memory(pair.array(), "{" + limit.shown() + "}"),
              Operand.named(0, "NULL"))
          .shell(() -> "prlimit --pid $$ --" + limit.kind().lowerName() + "=" + limit.shown());
    }
  }

  private static Step write(Calls calls, String purpose, String file, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    Step opened =
        calls.call(
            "open " + file,
            Sys.OPENAT,
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of(file),
            Operand.named(OpenFlags.O_WRONLY | OpenFlags.O_CLOEXEC, "O_WRONLY|O_CLOEXEC"));
    Step written =
        calls.call(
            purpose,
            Sys.WRITE,
            Operand.of(opened),
            new Operand.Memory(text, "\"" + value + "\""),
            Operand.of(text.length));
    calls.close(Operand.of(opened));
    return written;
  }
}
