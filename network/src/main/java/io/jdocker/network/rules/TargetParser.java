package io.jdocker.network.rules;

import io.jdocker.network.Ipv4;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a rule does. */
final class TargetParser {
  private TargetParser() {}

  /**
   * Reads a target.
   *
   * @param comesBack true for {@code -j}, false for {@code -g}
   * @param rest the words behind the target's name
   */
  static Target parse(String name, boolean comesBack, Collection<String> rest) {
    Map<String, String> options = options(List.copyOf(rest));
    String text = (name + " " + String.join(" ", rest)).strip();
    return switch (name) {
      case "ACCEPT" -> new Target.Accept();
      case "DROP" -> new Target.Drop();
      case "REJECT" ->
          new Target.Reject(options.getOrDefault("--reject-with", "icmp-port-unreachable"));
      case "RETURN" -> new Target.Return();
      case "DNAT" -> destination(options.getOrDefault("--to-destination", ""), text);
      case "REDIRECT" -> redirect(options.getOrDefault("--to-ports", "0"), text);
      case "SNAT" -> source(options.getOrDefault("--to-source", ""), text);
      case "MASQUERADE" -> new Target.Source(Optional.empty());
      case "MARK" -> mark(options, text);
      case "LOG", "NFLOG", "TRACE", "CHECKSUM", "TCPMSS", "CONNMARK", "TTL", "ULOG", "AUDIT" ->
          new Target.Aside(name);
      case "NFQUEUE", "QUEUE", "TPROXY", "SYNPROXY", "CT", "NOTRACK", "NETMAP", "TEE", "SET" ->
          new Target.Unknown(text);
      default -> new Target.Jump(name, comesBack);
    };
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      boolean hasValue = i + 1 < words.size() && !words.get(i + 1).startsWith("--");
      options.put(words.get(i), hasValue ? words.get(i + 1) : "");
    }
    return options;
  }

  /** {@code 172.17.0.2:80}; a range of addresses or ports leaves open which one is taken. */
  private static Target destination(String to, String text) {
    String[] parts = to.split(":", 2);
    Optional<Ipv4> address = Ipv4.parse(parts[0]);
    boolean plain = parts.length == 1 || parts[1].matches("[0-9]{1,5}");
    if (address.isEmpty() || !plain) {
      return new Target.Unknown(text);
    }
    return new Target.Destination(address, parts.length == 1 ? 0 : Integer.parseInt(parts[1]));
  }

  private static Target redirect(String port, String text) {
    return port.matches("[0-9]{1,5}")
        ? new Target.Destination(Optional.empty(), Integer.parseInt(port))
        : new Target.Unknown(text);
  }

  private static Target source(String to, String text) {
    Optional<Ipv4> address = Ipv4.parse(to.split(":", 2)[0]);
    return address.isPresent() ? new Target.Source(address) : new Target.Unknown(text);
  }

  private static Target mark(Map<String, String> options, String text) {
    String[] parts = options.getOrDefault("--set-xmark", "").split("/", 2);
    try {
      int mask = parts.length > 1 ? Long.decode(parts[1]).intValue() : -1;
      return new Target.Mark(Long.decode(parts[0]).intValue(), mask);
    } catch (NumberFormatException e) {
      return new Target.Unknown(text);
    }
  }
}
