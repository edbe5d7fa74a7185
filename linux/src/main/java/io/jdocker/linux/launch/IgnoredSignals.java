package io.jdocker.linux.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Reads which signals this process ignores: the line SigIgn of /proc/self/status, see proc(5). */
final class IgnoredSignals {
  private static final String FIELD = "SigIgn:";
  private static final int LAST_SIGNAL = 64;

  private IgnoredSignals() {}

  static List<Integer> ofThisProcess() {
    try {
      return parse(Files.readAllLines(Path.of("/proc/self/status")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/status", e);
    }
  }

  static List<Integer> parse(List<String> status) {
    String line = status.stream().filter(l -> l.startsWith(FIELD)).findFirst().orElseThrow();
    long mask = Long.parseUnsignedLong(line.substring(FIELD.length()).strip(), 16);
    return IntStream.rangeClosed(1, LAST_SIGNAL)
        .filter(signal -> (mask & 1L << (signal - 1)) != 0)
        .boxed()
        .toList();
  }
}
