package io.jdocker.network.firewall;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One rule's matches and target, read word by word. */
final class SimulatedRule {
  private static final Set<String> MODULES = Set.of("tcp", "udp", "sctp", "conntrack", "addrtype");

  private final Map<String, String> wanted = new HashMap<>();
  private final Map<String, String> unwanted = new HashMap<>();

  private SimulatedRule() {}

  static SimulatedRule parse(String text) {
    SimulatedRule rule = new SimulatedRule();
    Iterator<String> words = List.of(text.split(" ", -1)).iterator();
    boolean inverted = false;
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("!")) {
        inverted = true;
        continue;
      }
      String value = words.next();
      if (!word.equals("-m")) {
        (inverted ? rule.unwanted : rule.wanted).put(word, value);
      } else if (!MODULES.contains(value)) {
        throw new AssertionError("unknown match " + value + " in " + text);
      }
      inverted = false;
    }
    if (!rule.wanted.containsKey("-j")) {
      throw new AssertionError("no target in " + text);
    }
    return rule;
  }

  String target() {
    return wanted.get("-j");
  }

  String argument(String name) {
    return wanted.get(name);
  }

  boolean matches(SimulatedPacket packet) {
    return wanted.entrySet().stream().allMatch(e -> matches(e.getKey(), e.getValue(), packet))
        && unwanted.entrySet().stream().noneMatch(e -> matches(e.getKey(), e.getValue(), packet));
  }

  private static boolean matches(String match, String value, SimulatedPacket packet) {
    return switch (match) {
      case "-i" -> packet.in().equals(value);
      case "-o" -> packet.out().equals(value);
      case "-s" -> contains(value, packet.source());
      case "-d" -> contains(value, packet.destination());
      case "-p" -> packet.protocol().equals(value);
      case "--dport" -> inRange(value, packet.port());
      case "--sport" -> inRange(value, packet.sourcePort());
      case "--ctstate" -> List.of(value.split(",", -1)).stream().anyMatch(packet::isInState);
      case "--dst-type" -> packet.isLocal(packet.destination());
      case "--src-type" -> packet.isLocal(packet.source());
      case "-j", "--to-destination" -> true;
      default -> throw new AssertionError("unknown match " + match);
    };
  }

  private static boolean contains(String subnet, Ipv4 address) {
    return (subnet.indexOf('/') < 0 ? new Cidr(Ipv4.of(subnet), 32) : Cidr.of(subnet))
        .contains(address);
  }

  private static boolean inRange(String range, int port) {
    String[] ends = range.split(":", -1);
    int first = Integer.parseInt(ends[0]);
    return port >= first && port <= (ends.length == 1 ? first : Integer.parseInt(ends[1]));
  }
}
