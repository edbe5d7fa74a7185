package io.jdocker.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The TCP ports that are listened on in a process' network namespace, from /proc/PID/net/tcp and
 * tcp6 (proc(5)): nothing needs to be in the container for that, and no connection is made that a
 * server would have to make sense of.
 */
final class ListeningSockets {
  private static final String LISTEN = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;

  private ListeningSockets() {}

  /** Their numbers, those on loopback addresses left out; none where the process has ended. */
  static Set<Integer> of(int pid) {
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      ports.addAll(parse(lines(Path.of("/proc/" + pid + "/net/" + table))));
    }
    return ports;
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException endedOrNoIpv6) {
      return List.of();
    }
  }

  static Set<Integer> parse(List<String> lines) {
    Set<Integer> ports = new HashSet<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", STATE + 2);
      if (words.length > STATE && words[STATE].equals(LISTEN) && !isLoopback(words[ADDRESS])) {
        ports.add(Integer.parseInt(words[ADDRESS].substring(words[ADDRESS].indexOf(':') + 1), 16));
      }
    }
    return ports;
  }

  /** Addresses are words in the host's order: 127.0.0.1 is 0100007F on a little-endian machine. */
  private static boolean isLoopback(String address) {
    return address.startsWith("0100007F:")
        || address.startsWith("00000000000000000000000001000000:");
  }
}
