package io.jdocker.network.path;

import io.jdocker.network.Ipv4;
import io.jdocker.network.rules.Packet;
import io.jdocker.network.survey.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who waits for packets in a namespace, as /proc/net/tcp and its like tell. */
final class Listeners {
  private static final String LISTEN = "0A";
  private static final String UNCONNECTED = "07";
  private static final int IPV4_DIGITS = 8;

  /** The namespace's files, by protocol. */
  private Listeners() {}

  /** Whether a program waits for that packet. */
  static boolean wait(Probe probe, Packet packet) {
    String protocol = packet.protocol();
    return probe.inside(() -> lines(protocol)).stream()
        .anyMatch(line -> isFor(line, packet, protocol.equals("tcp") ? LISTEN : UNCONNECTED));
  }

  private static List<String> lines(String protocol) {
    List<String> lines = new ArrayList<>(lines(Path.of("/proc/thread-self/net", protocol)));
    lines.addAll(lines(Path.of("/proc/thread-self/net", protocol + "6")));
    return lines;
  }

  private static List<String> lines(Path file) {
    try {
      List<String> all = Files.readAllLines(file, StandardCharsets.US_ASCII);
      return all.subList(1, all.size());
    } catch (NoSuchFileException withoutIpv6) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line is {@code sl: ADDRESS:PORT REMOTE STATE ...}, addresses in the machine's byte order. */
  private static boolean isFor(String line, Packet packet, String state) {
    String[] words = line.strip().split(" +", -1);
    if (words.length < 4 || !words[3].equals(state)) {
      return false;
    }
    String[] local = words[1].split(":", 2);
    return Integer.parseInt(local[1], 16) == packet.destinationPort()
        && isAddress(local[0], packet.destination());
  }

  private static boolean isAddress(String hex, Ipv4 address) {
    if (hex.matches("0+")) {
      return true;
    }
    String last = hex.substring(hex.length() - IPV4_DIGITS);
    boolean mapped = hex.length() == IPV4_DIGITS || hex.startsWith("0000000000000000FFFF0000");
    return mapped
        && last.equals(String.format(Locale.ROOT, "%08X", Integer.reverseBytes(address.bits())));
  }
}
