package io.jdocker.network.rules;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.rules.Match.Passage;
import io.jdocker.network.rules.Match.PortRange;
import io.jdocker.network.rules.Match.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one rule, word by word. What it cannot read becomes an unknown match or target. */
final class RuleParser {
  private final Deque<String> words;
  private final List<Match> matches = new ArrayList<>();

  private RuleParser(String text) {
    this.words = new ArrayDeque<>(Words.of(text));
  }

  /**
   * Reads a rule.
   *
   * @param text all behind the chain's name: {@code -i eth0 -p tcp -j ACCEPT}
   */
  static SavedRule parse(String table, String chain, String text) {
    RuleParser parser = new RuleParser(text);
    Target target = parser.parse();
    return new SavedRule(table, chain, text, parser.matches, target);
  }

  private Target parse() {
    while (!words.isEmpty()) {
      boolean negated = words.peek().equals("!");
      if (negated) {
        words.poll();
      }
      String option = next();
      switch (option) {
        case "-j", "-g" -> {
          return TargetParser.parse(next(), option.equals("-j"), words);
        }
        case "-m" -> module(next());
        default -> add(match(option), negated);
      }
    }
    return new Target.Aside("nothing");
  }

  private String next() {
    return words.isEmpty() ? "" : words.poll();
  }

  private void add(Match match, boolean negated) {
    matches.add(negated ? new Match.Not(match) : match);
  }

  /** Modules whose options are read below; of others it is said that they are unknown. */
  private void module(String name) {
    if (!Set.of(
            "comment",
            "tcp",
            "udp",
            "icmp",
            "multiport",
            "conntrack",
            "state",
            "addrtype",
            "mark",
            "physdev",
            "iprange")
        .contains(name)) {
      String options = String.join(" ", skipOptions());
      matches.add(new Match.Unknown(("-m " + name + " " + options).strip()));
    }
  }

  /** The options of a module that is not known: up to the next module or the target. */
  private List<String> skipOptions() {
    List<String> skipped = new ArrayList<>();
    while (!words.isEmpty() && !Set.of("-j", "-g", "-m").contains(words.peek())) {
      skipped.add(words.poll());
    }
    return skipped;
  }

  private Match match(String option) {
    return switch (option) {
      case "-s" -> address(true, next());
      case "-d" -> address(false, next());
      case "-i" -> new Match.Link(Passage.IN, next());
      case "-o" -> new Match.Link(Passage.OUT, next());
      case "-p" -> new Match.Protocol(protocol(next()));
      case "--comment" -> comment(next());
      case "--sport" -> ports(Side.SOURCE, next());
      case "--dport" -> ports(Side.DESTINATION, next());
      case "--sports" -> ports(Side.SOURCE, next());
      case "--dports" -> ports(Side.DESTINATION, next());
      case "--ports" -> ports(Side.EITHER, next());
      case "--ctstate", "--state" -> state(next());
      case "--src-type" -> new Match.AddressType(true, set(next()));
      case "--dst-type" -> new Match.AddressType(false, set(next()));
      case "--src-range" -> range(true, next());
      case "--dst-range" -> range(false, next());
      case "--mark" -> mark(next());
      case "--physdev-in" -> new Match.Link(Passage.PORT_IN, next());
      case "--physdev-out" -> new Match.Link(Passage.PORT_OUT, next());
      case "--physdev-is-bridged" -> new Match.Bridged();
      case "--tcp-flags" -> flags(next(), next());
      case "--icmp-type" -> icmp(next());
      default -> unknown(option);
    };
  }

  private Match unknown(String option) {
    StringBuilder text = new StringBuilder(option);
    while (!words.isEmpty() && !words.peek().startsWith("-") && !words.peek().equals("!")) {
      text.append(' ').append(words.poll());
    }
    return new Match.Unknown(text.toString());
  }

  /** A remark: true of every packet. */
  private static Match comment(String remark) {
    return remark.isEmpty() ? new Match.Unknown("--comment") : new Match.Protocol("all");
  }

  private static Match address(boolean source, String text) {
    Optional<Cidr> subnet = Cidr.parse(text.indexOf('/') < 0 ? text + "/32" : text);
    return subnet.<Match>map(s -> new Match.Address(source, s)).orElse(new Match.Unknown(text));
  }

  private static Match range(boolean source, String text) {
    String[] ends = text.split("-", 2);
    Optional<Ipv4> first = Ipv4.parse(ends[0]);
    Optional<Ipv4> last = Ipv4.parse(ends[ends.length - 1]);
    return first.isPresent() && last.isPresent()
        ? new Match.AddressRange(source, first.get(), last.get())
        : new Match.Unknown(text);
  }

  private static String protocol(String name) {
    return switch (name) {
      case "0" -> "all";
      case "1" -> "icmp";
      case "6" -> "tcp";
      case "17" -> "udp";
      default -> name.toLowerCase(Locale.ROOT);
    };
  }

  /** {@code 80}, {@code 80:90}, {@code :90}, {@code 80,443,9000:9010}. */
  private static Match ports(Side side, String text) {
    List<PortRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.matches("[0-9]{1,5}|[0-9]{0,5}:[0-9]{0,5}")) {
        return new Match.Unknown(text);
      }
      String[] ends = part.split(":", -1);
      int first = ends[0].isEmpty() ? 0 : Integer.parseInt(ends[0]);
      String end = ends[ends.length - 1];
      ranges.add(new PortRange(first, end.isEmpty() ? 65535 : Integer.parseInt(end)));
    }
    return new Match.Ports(side, ranges);
  }

  private static Match state(String text) {
    Set<String> states = set(text);
    // A packet can be in these states for reasons that are not looked at here.
    return Set.of("NEW", "ESTABLISHED", "RELATED", "INVALID", "DNAT", "UNTRACKED")
            .containsAll(states)
        ? new Match.State(states)
        : new Match.Unknown("--ctstate " + text);
  }

  private static Set<String> set(String text) {
    return Arrays.stream(text.split(",", -1)).collect(Collectors.toUnmodifiableSet());
  }

  private static Match mark(String text) {
    String[] parts = text.split("/", 2);
    try {
      int mask = parts.length > 1 ? Long.decode(parts[1]).intValue() : -1;
      return new Match.Mark(Long.decode(parts[0]).intValue(), mask);
    } catch (NumberFormatException e) {
      return new Match.Unknown("--mark " + text);
    }
  }

  private static Match flags(String mask, String set) {
    return set(mask).equals(Set.of("FIN", "SYN", "RST", "ACK")) && set.equals("SYN")
        ? new Match.Syn()
        : new Match.Unknown("--tcp-flags " + mask + " " + set);
  }

  private static Match icmp(String type) {
    return switch (type) {
      case "8", "0", "255" -> new Match.Icmp(Integer.parseInt(type));
      case "any" -> new Match.Icmp(255);
      case "echo-request" -> new Match.Icmp(8);
      case "echo-reply" -> new Match.Icmp(0);
      default -> new Match.Unknown("--icmp-type " + type);
    };
  }
}
