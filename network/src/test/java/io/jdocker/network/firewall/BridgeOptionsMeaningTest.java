package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import io.jdocker.network.firewall.Simulator.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every combination of a network's options lets through. Network a, 10.1.0.0/24, has the
 * options; network b, 10.2.0.0/24, is an ordinary one beside it.
 */
class BridgeOptionsMeaningTest {
  private static final Topology HOST =
      new Topology("wan", "203.0.113.1/24").with("bra", "10.1.0.1/24").with("brb", "10.2.0.1/24");

  private final Layout layout = new Layout("JDOCKER", true);

  private static BridgeRules a(String options) {
    return bridge(
        "bra",
        "10.1.0.0/24",
        options.contains("internal"),
        !options.contains("quiet"),
        !options.contains("routed"));
  }

  private static BridgeRules bridge(
      String name, String subnet, boolean internal, boolean communication, boolean masquerade) {
    Cidr cidr = Cidr.of(subnet);
    return new BridgeRules(name, cidr, cidr.first().plus(1), internal, communication, masquerade);
  }

  private Simulator rules(String options, PortBinding... ports) {
    List<Placement> placements = new ArrayList<>(layout.bridge(a(options)));
    placements.addAll(layout.bridge(bridge("brb", "10.2.0.0/24", false, true, true)));
    placements.addAll(layout.ports(PortRules.of(Ipv4.of("10.1.0.2"), List.of(ports))));
    RuleSet rules = layout.empty();
    rules.add(placements);
    StringBuilder entries = new StringBuilder("*filter\n:FORWARD DROP [0:0]\n");
    for (Rule entry : layout.entries()) {
      entries
          .append("*" + entry.chain().table() + "\n")
          .append("-A " + entry.chain().name() + " " + entry.text() + "\n");
    }
    return new Simulator().load(entries.toString()).load(rules.rebuild(Set.of()).text());
  }

  private static String fate(Fate fate) {
    if (!fate.passed()) {
      return "dropped";
    }
    return fate.packet().isMasqueraded() ? "masqueraded" : "passed";
  }

  private static Fate call(Simulator rules, String in, String from, String to, int port) {
    return rules.forward(SimulatedPacket.tcp(in, from, to, port), HOST);
  }

  @ParameterizedTest(name = "{0}: among themselves {1}, out {2}")
  @CsvSource({
    "ordinary,               passed,  masqueraded",
    "routed,                 passed,  passed", // the world sees containers' own addresses
    "quiet,                  dropped, masqueraded",
    "quiet routed,           dropped, passed",
    "internal,               passed,  dropped",
    "internal routed,        passed,  dropped",
    "internal quiet,         dropped, dropped",
    "internal quiet routed,  dropped, dropped",
  })
  void insideAndOut(String options, String inside, String out) {
    Simulator rules = rules(options);
    assertEquals(inside, fate(call(rules, "bra", "10.1.0.2", "10.1.0.3", 80)));
    assertEquals(out, fate(call(rules, "bra", "10.1.0.2", "198.51.100.7", 443)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ordinary",
        "routed",
        "quiet",
        "quiet routed",
        "internal",
        "internal routed",
        "internal quiet",
        "internal quiet routed"
      })
  void noCombinationOpensANetworkToOthers(String options) {
    Simulator rules = rules(options);
    assertEquals("dropped", fate(call(rules, "bra", "10.1.0.2", "10.2.0.2", 80)), "a to b");
    assertEquals("dropped", fate(call(rules, "brb", "10.2.0.2", "10.1.0.2", 80)), "b to a");
    assertEquals("dropped", fate(call(rules, "wan", "203.0.113.9", "10.1.0.2", 80)), "from out");
    assertEquals("dropped", fate(call(rules, "wan", "10.1.0.3", "10.1.0.2", 80)), "forged");
    assertEquals(
        "passed",
        fate(call(rules, "brb", "10.2.0.2", "10.2.0.3", 80)),
        "and none harms the network beside it");
    assertEquals("masqueraded", fate(call(rules, "brb", "10.2.0.2", "198.51.100.7", 443)));
  }

  @ParameterizedTest(name = "{0}, published on {1}: {2} calls {3}: {4}")
  @CsvSource({
    "ordinary, 0.0.0.0,     wan, 203.0.113.1, passed",
    "ordinary, 203.0.113.1, wan, 203.0.113.1, passed",
    "ordinary, 0.0.0.0,     brb, 203.0.113.1, masqueraded", // leaves its own network
    "ordinary, 0.0.0.0,     brb, 10.2.0.1,    masqueraded",
    "ordinary, 10.2.0.1,    brb, 10.2.0.1,    masqueraded",
    "ordinary, 0.0.0.0,     bra, 10.1.0.1,    passed", // a neighbour by the gateway
    "ordinary, 127.0.0.1,   wan, 127.0.0.1,   dropped",
    "ordinary, 127.0.0.1,   brb, 127.0.0.1,   dropped",
    "routed,   0.0.0.0,     wan, 203.0.113.1, passed",
    "quiet,    0.0.0.0,     wan, 203.0.113.1, passed",
    "quiet,    0.0.0.0,     brb, 10.2.0.1,    masqueraded",
    "quiet,    0.0.0.0,     bra, 10.1.0.1,    dropped", // a neighbour may not, by no way
    "internal, 0.0.0.0,     wan, 203.0.113.1, dropped",
    "internal, 0.0.0.0,     brb, 203.0.113.1, dropped",
  })
  void publishedPorts(String options, String on, String in, String to, String expected) {
    String from = in.equals("wan") ? "203.0.113.9" : in.equals("bra") ? "10.1.0.3" : "10.2.0.2";
    Simulator rules = rules(options, new PortBinding(Port.tcp(80), on, 8080));
    Fate fate = call(rules, in, from, to, 8080);
    assertEquals(expected, fate(fate));
    if (fate.passed()) {
      assertEquals("10.1.0.2:80", fate.packet().destination() + ":" + fate.packet().port());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ordinary", "routed", "quiet"})
  void aContainerReachesItselfByItsPublishedPortExceptOnAQuietNetwork(String options) {
    Simulator rules = rules(options, new PortBinding(Port.tcp(80), "0.0.0.0", 8080));
    assertEquals(
        options.equals("quiet") ? "dropped" : "masqueraded",
        fate(call(rules, "bra", "10.1.0.2", "203.0.113.1", 8080)));
  }

  @Test
  void aPortOfOneAddressIsTheHostsOwnOnAnother() {
    Simulator rules = rules("ordinary", new PortBinding(Port.tcp(80), "10.2.0.1", 8080));
    Fate fate = call(rules, "wan", "203.0.113.9", "203.0.113.1", 8080);
    assertEquals("203.0.113.1:8080", fate.packet().destination() + ":" + fate.packet().port());
  }
}
