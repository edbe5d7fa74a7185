package io.jdocker.network.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a packet through rules as iptables-save prints them, so that what a set of rules means can
 * be tested without a kernel, and ours can be compared with Docker's. It knows the matches and
 * targets that both use, and fails on any other: a rule is never passed over silently.
 */
final class Simulator {
  /** What became of a packet: where it went, with which addresses, or that it was dropped. */
  record Fate(boolean passed, SimulatedPacket packet) {}

  private final Map<String, List<String>> chains = new LinkedHashMap<>();
  private final Map<String, String> policies = new LinkedHashMap<>();

  /** Reads rules; lines of several tables, each after its {@code *table}. */
  Simulator load(String saved) {
    String table = "";
    for (String line : saved.split("\n", -1)) {
      if (line.startsWith("*")) {
        table = line.substring(1).strip();
      } else if (line.startsWith(":")) {
        String[] words = line.substring(1).split(" ", -1);
        chains.computeIfAbsent(table + "/" + words[0], c -> new ArrayList<>());
        if (words.length > 1 && !words[1].equals("-")) {
          policies.put(table + "/" + words[0], words[1]);
        }
      } else if (line.startsWith("-A ")) {
        String[] words = line.split(" ", 3);
        chains
            .computeIfAbsent(table + "/" + words[1], c -> new ArrayList<>())
            .add(words.length < 3 ? "" : words[2]);
      }
    }
    return this;
  }

  /** A packet from the network to an address of the host, or through it. */
  Fate forward(SimulatedPacket sent, Topology topology) {
    SimulatedPacket packet = sent.at(topology);
    if (!verdict("raw/PREROUTING", packet)) {
      return new Fate(false, packet);
    }
    verdict("nat/PREROUTING", packet);
    return route(packet, topology);
  }

  /** A packet that a program on the host sends. */
  Fate output(SimulatedPacket sent, Topology topology) {
    SimulatedPacket packet = sent.at(topology);
    verdict("nat/OUTPUT", packet);
    packet.leaveBy(topology.linkTo(packet.destination()));
    verdict("nat/POSTROUTING", packet);
    return new Fate(true, packet);
  }

  /** A packet that is past every translation. */
  Fate filter(SimulatedPacket sent, Topology topology) {
    SimulatedPacket packet = sent.at(topology);
    packet.leaveBy(topology.linkTo(packet.destination()));
    return new Fate(verdict("filter/FORWARD", packet), packet);
  }

  private Fate route(SimulatedPacket packet, Topology topology) {
    if (topology.isLocal(packet.destination())) {
      return new Fate(true, packet); // to the host itself: our rules have no say in INPUT
    }
    packet.leaveBy(topology.linkTo(packet.destination()));
    if (!verdict("filter/FORWARD", packet)) {
      return new Fate(false, packet);
    }
    verdict("nat/POSTROUTING", packet);
    return new Fate(true, packet);
  }

  private boolean verdict(String chain, SimulatedPacket packet) {
    return walk(chain, packet)
        .orElseGet(() -> !policies.getOrDefault(chain, "ACCEPT").equals("DROP"));
  }

  /** True for accepted, false for dropped, empty for the end of the chain. */
  private Optional<Boolean> walk(String chain, SimulatedPacket packet) {
    String table = chain.substring(0, chain.indexOf('/') + 1);
    for (String rule : chains.getOrDefault(chain, List.of())) {
      SimulatedRule parsed = SimulatedRule.parse(rule);
      if (!parsed.matches(packet)) {
        continue;
      }
      switch (parsed.target()) {
        case "ACCEPT" -> {
          return Optional.of(true);
        }
        case "DROP" -> {
          return Optional.of(false);
        }
        case "RETURN" -> {
          return Optional.empty();
        }
        case "DNAT" -> {
          packet.translateDestination(parsed.argument("--to-destination"));
          return Optional.of(true);
        }
        case "MASQUERADE" -> {
          packet.masquerade();
          return Optional.of(true);
        }
        default -> {
          Optional<Boolean> inner = walk(table + parsed.target(), packet);
          if (inner.isPresent()) {
            return inner;
          }
        }
      }
    }
    return Optional.empty();
  }
}
