package io.jdocker.network.rules;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.util.List;
import java.util.Set;

/** A condition of a rule. */
public sealed interface Match {
  /** Whether the packet meets it. */
  Answer test(Packet packet, AddressTypes types);

  /** {@code -s} or {@code -d}. */
  record Address(boolean source, Cidr subnet) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.of(subnet.contains(source ? packet.source() : packet.destination()));
    }
  }

  /** {@code -m iprange}. */
  record AddressRange(boolean source, Ipv4 first, Ipv4 last) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      Ipv4 address = source ? packet.source() : packet.destination();
      return Answer.of(address.compareTo(first) >= 0 && address.compareTo(last) <= 0);
    }
  }

  /** Where a packet passes: the links of {@code -i} and {@code -o}, and the ports of physdev. */
  enum Passage {
    IN,
    OUT,
    PORT_IN,
    PORT_OUT
  }

  /** A link by name; a name that ends in + stands for all that begin so. */
  record Link(Passage where, String name) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      String actual =
          switch (where) {
            case IN -> packet.in();
            case OUT -> packet.out();
            case PORT_IN -> packet.bridgePortIn();
            case PORT_OUT -> packet.bridgePortOut();
          };
      return Answer.of(
          name.endsWith("+")
              ? actual.startsWith(name.substring(0, name.length() - 1))
              : actual.equals(name));
    }
  }

  /** {@code -m physdev --physdev-is-bridged}: between two ports of a bridge. */
  record Bridged() implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.of(!packet.bridgePortIn().isEmpty() && !packet.bridgePortOut().isEmpty());
    }
  }

  /** {@code -p}. */
  record Protocol(String name) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.of(name.equals("all") || name.equals(packet.protocol()));
    }
  }

  /** Some ports, both included. */
  record PortRange(int first, int last) {
    boolean contains(int port) {
      return port >= first && port <= last;
    }
  }

  /** Which port a rule looks at. */
  enum Side {
    SOURCE,
    DESTINATION,
    EITHER
  }

  /** {@code --sport}, {@code --dport}, and multiport's lists. */
  record Ports(Side side, List<PortRange> ranges) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      boolean source = holds(packet.sourcePort());
      boolean destination = holds(packet.destinationPort());
      return Answer.of(
          switch (side) {
            case SOURCE -> source;
            case DESTINATION -> destination;
            case EITHER -> source || destination;
          });
    }

    private boolean holds(int port) {
      return ranges.stream().anyMatch(r -> r.contains(port));
    }
  }

  /** {@code -m conntrack --ctstate} and {@code -m state --state}. */
  record State(Set<String> states) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      boolean known = states.contains(packet.established() ? "ESTABLISHED" : "NEW");
      return Answer.of(known || (packet.translated() && states.contains("DNAT")));
    }
  }

  /** {@code -m addrtype}. */
  record AddressType(boolean source, Set<String> wanted) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.of(wanted.contains(types.of(source ? packet.source() : packet.destination())));
    }
  }

  /** {@code -m mark}. */
  record Mark(int value, int mask) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.of((packet.mark() & mask) == value);
    }
  }

  /** The first packet of a TCP connection: {@code --tcp-flags FIN,SYN,RST,ACK SYN}. */
  record Syn() implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.of(!packet.established());
    }
  }

  /** {@code -m icmp --icmp-type 8}: an echo request; its answer is type 0. */
  record Icmp(int type) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.of(type == 255 || type == (packet.established() ? 0 : 8));
    }
  }

  /** The opposite. */
  record Not(Match match) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return match.test(packet, types).negatedIf(true);
    }
  }

  /** One that this program does not know. */
  record Unknown(String text) implements Match {
    @Override
    public Answer test(Packet packet, AddressTypes types) {
      return Answer.UNKNOWN;
    }
  }
}
