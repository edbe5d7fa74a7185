package io.jdocker.daemon.containers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads processes from /proc (proc(5)). One request. */
final class ProcessTable {
  /** sysconf(_SC_CLK_TCK): 100 on every architecture jdocker runs on. */
  private static final long TICKS_PER_SECOND = 100;

  private static final long PAGE_BYTES = 4096;
  private static final int PTS_MAJOR = 136;

  private final Path proc;
  private final Instant booted;
  private final Map<String, String> users;

  private ProcessTable(Path proc, Instant booted, Map<String, String> users) {
    this.proc = proc;
    this.booted = booted;
    this.users = users;
  }

  static ProcessTable open() throws IOException {
    return open(Path.of("/proc"), Path.of("/etc/passwd"));
  }

  static ProcessTable open(Path proc, Path passwd) throws IOException {
    Instant booted = Instant.EPOCH;
    for (String line : Files.readAllLines(proc.resolve("stat"))) {
      if (line.startsWith("btime ")) {
        booted = Instant.ofEpochSecond(Long.parseLong(line.substring(6).strip()));
      }
    }
    Map<String, String> users = new HashMap<>();
    if (Files.exists(passwd)) {
      for (String line : Files.readAllLines(passwd, StandardCharsets.ISO_8859_1)) {
        List<String> fields = List.of(line.split(":", -1));
        if (fields.size() > 2) {
          users.putIfAbsent(fields.get(2), fields.get(0));
        }
      }
    }
    return new ProcessTable(proc, booted, users);
  }

  /** Empty when there is no such process any more. */
  Optional<ProcessRow> read(int pid) {
    Path folder = proc.resolve(Integer.toString(pid));
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      String uid = Files.getAttribute(folder, "unix:uid").toString();
      byte[] words = Files.readAllBytes(folder.resolve("cmdline"));
      return Optional.of(row(pid, stat, users.getOrDefault(uid, uid), words));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private ProcessRow row(int pid, String stat, String user, byte[] words) {
    // The name stands in parentheses and may have blanks and parentheses in it.
    int close = stat.lastIndexOf(')');
    String name = stat.substring(stat.indexOf('(') + 1, close);
    List<String> fields = List.of(stat.substring(close + 2).strip().split(" ", -1));
    Duration used = ticks(Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)));
    Instant started = booted.plus(ticks(Long.parseLong(fields.get(19))));
    String command = new String(words, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    double lived = Math.max(0.01, Duration.between(started, Instant.now()).toMillis() / 1000.0);
    return new ProcessRow(
        user,
        pid,
        Integer.parseInt(fields.get(1)),
        terminal(Integer.parseInt(fields.get(4))),
        started,
        used,
        command.isEmpty() ? "[" + name + "]" : command,
        fields.get(0),
        Long.parseLong(fields.get(20)),
        Long.parseLong(fields.get(21)) * PAGE_BYTES,
        100 * used.toMillis() / 1000.0 / lived);
  }

  private static Duration ticks(long ticks) {
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  /** The device number has its minor in bits 0 to 7 and 20 to 31, see tty_nr in proc(5). */
  private static String terminal(int device) {
    int major = (device >> 8) & 0xfff;
    int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    return major >= PTS_MAJOR && major < PTS_MAJOR + 8
        ? "pts/" + ((major - PTS_MAJOR) * 256 + minor)
        : "?";
  }
}
