package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * What the rules let through, packet by packet, whatever they look like: the same questions are put
 * to ours and to those that dockerd 20.10 was seen to make (docker-network-state.txt), and where
 * the answers differ it is because Docker 28 closed a hole.
 */
class RuleMeaningTest {
  private static final Topology HOST =
      new Topology("wan", "203.0.113.1/24")
          .with("br0", "172.17.0.1/16")
          .with("br1", "172.18.0.1/16")
          .with("brin", "172.19.0.1/16")
          .with("brq", "172.20.0.1/16");

  /**
   * dockerd 20.10 with docker0 called br0 and one container, -p 8080:80 and -p 127.0.0.1:8081:81.
   */
  private static final String DOCKER =
      """
      *filter
      :FORWARD DROP [0:0]
      -A FORWARD -j DOCKER-USER
      -A FORWARD -j DOCKER-ISOLATION-STAGE-1
      -A FORWARD -o br0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      -A FORWARD -o br0 -j DOCKER
      -A FORWARD -i br0 ! -o br0 -j ACCEPT
      -A FORWARD -i br0 -o br0 -j ACCEPT
      -A FORWARD -o br1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      -A FORWARD -o br1 -j DOCKER
      -A FORWARD -i br1 ! -o br1 -j ACCEPT
      -A FORWARD -i br1 -o br1 -j ACCEPT
      -A DOCKER -d 172.17.0.2/32 ! -i br0 -o br0 -p tcp -m tcp --dport 80 -j ACCEPT
      -A DOCKER -d 172.17.0.2/32 ! -i br0 -o br0 -p tcp -m tcp --dport 81 -j ACCEPT
      -A DOCKER-ISOLATION-STAGE-1 -i br0 ! -o br0 -j DOCKER-ISOLATION-STAGE-2
      -A DOCKER-ISOLATION-STAGE-1 -i br1 ! -o br1 -j DOCKER-ISOLATION-STAGE-2
      -A DOCKER-ISOLATION-STAGE-1 -j RETURN
      -A DOCKER-ISOLATION-STAGE-2 -o br0 -j DROP
      -A DOCKER-ISOLATION-STAGE-2 -o br1 -j DROP
      -A DOCKER-ISOLATION-STAGE-2 -j RETURN
      -A DOCKER-USER -j RETURN
      *nat
      -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
      -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
      -A POSTROUTING -s 172.17.0.0/16 ! -o br0 -j MASQUERADE
      -A POSTROUTING -s 172.18.0.0/16 ! -o br1 -j MASQUERADE
      -A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
      -A DOCKER -i br0 -j RETURN
      -A DOCKER ! -i br0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
      -A DOCKER ! -i br0 -d 127.0.0.1/32 -p tcp -m tcp --dport 8081 -j DNAT --to-destination 172.17.0.2:81
      """;

  private final Layout layout = new Layout("JDOCKER", true);

  private static BridgeRules bridge(String name, String subnet, boolean internal, boolean icc) {
    Cidr cidr = Cidr.of(subnet);
    return new BridgeRules(name, cidr, cidr.first().plus(1), internal, icc, true);
  }

  /** Our rules for the same, with an internal network and one without communication besides. */
  private Simulator ours(LinkRules... links) {
    RuleSet rules = layout.empty();
    List<Placement> placements = new ArrayList<>();
    placements.addAll(layout.bridge(bridge("br0", "172.17.0.0/16", false, true)));
    placements.addAll(layout.bridge(bridge("br1", "172.18.0.0/16", false, true)));
    placements.addAll(layout.bridge(bridge("brin", "172.19.0.0/16", true, true)));
    placements.addAll(layout.bridge(bridge("brq", "172.20.0.0/16", false, false)));
    List<PortBinding> ports =
        List.of(
            new PortBinding(Port.tcp(80), "0.0.0.0", 8080),
            new PortBinding(Port.tcp(81), "127.0.0.1", 8081),
            new PortBinding(Port.udp(53), "203.0.113.1", 53));
    placements.addAll(layout.ports(PortRules.of(Ipv4.of("172.17.0.2"), ports)));
    for (LinkRules link : links) {
      placements.addAll(layout.link(link));
    }
    rules.add(placements);
    StringBuilder entries = new StringBuilder();
    for (Rule entry : layout.entries()) {
      String table = "*" + entry.chain().table() + "\n";
      entries.append(table + "-A " + entry.chain().name() + " " + entry.text() + "\n");
    }
    return new Simulator()
        .load("*filter\n:FORWARD DROP [0:0]\n" + entries)
        .load(rules.rebuild(Set.of()).text());
  }

  private static Simulator dockers() {
    return new Simulator().load(DOCKER);
  }

  private static String fate(Fate fate) {
    return fate.passed() ? fate.packet().destination() + ":" + fate.packet().port() : "dropped";
  }

  /** Where a packet goes that comes in by a link; first by our rules, then by those of Docker. */
  @ParameterizedTest(name = "{0}: {1} -> {2}:{3} goes to {4} (Docker 20.10: {5})")
  @CsvSource({
    // published ports, by any address of the host
    "wan, 203.0.113.2, 203.0.113.1, 8080, 172.17.0.2:80, 172.17.0.2:80",
    "br1, 172.18.0.2,  172.18.0.1,  8080, 172.17.0.2:80, dropped", // isolation; proxy in Docker
    "br1, 172.18.0.2,  203.0.113.1, 8080, 172.17.0.2:80, dropped",
    "br0, 172.17.0.3,  172.17.0.1,  8080, 172.17.0.2:80, 172.17.0.1:8080", // docker-proxy's
    "br0, 172.17.0.2,  203.0.113.1, 8080, 172.17.0.2:80, 203.0.113.1:8080", // itself
    // what is not published stays with the host, or on its way through it
    "wan, 203.0.113.2, 203.0.113.1, 8079, 203.0.113.1:8079, 203.0.113.1:8079",
    "wan, 203.0.113.2, 203.0.113.1, 80,   203.0.113.1:80, 203.0.113.1:80",
    // straight to a container's address: Docker 20.10 let a published port through
    "wan, 203.0.113.2, 172.17.0.2,  80,   dropped, 172.17.0.2:80",
    "wan, 203.0.113.2, 172.17.0.2,  22,   dropped, dropped",
    "wan, 203.0.113.2, 172.18.0.2,  80,   dropped, dropped",
    // a port on loopback: whoever routes 127.0.0.1 to the host could reach it (moby#45610)
    "wan, 203.0.113.2, 127.0.0.1,   8081, dropped, 172.17.0.2:81",
    "wan, 203.0.113.2, 203.0.113.1, 8081, 203.0.113.1:8081, 203.0.113.1:8081",
    "br0, 172.17.0.3,  127.0.0.1,   8081, dropped, 127.0.0.1:8081",
    // between containers
    "br0, 172.17.0.2,  172.17.0.3,  22,   172.17.0.3:22, 172.17.0.3:22",
    "br0, 172.17.0.2,  172.18.0.2,  22,   dropped, dropped",
    "br1, 172.18.0.2,  172.17.0.2,  80,   dropped, dropped", // published, but not for neighbours
    // out
    "br0, 172.17.0.2,  198.51.100.7, 443, 198.51.100.7:443, 198.51.100.7:443",
    "br0, 172.17.0.2,  172.17.0.1,  22,   172.17.0.1:22, 172.17.0.1:22",
  })
  void packets(String in, String from, String to, int port, String ours, String dockers) {
    assertEquals(ours, fate(ours().forward(SimulatedPacket.tcp(in, from, to, port), HOST)));
    assertEquals(dockers, fate(dockers().forward(SimulatedPacket.tcp(in, from, to, port), HOST)));
  }

  @ParameterizedTest(name = "{0}: {1} -> {2} is {3}")
  @CsvSource({
    "brin, 172.19.0.2,  172.19.0.3,   172.19.0.3:22", // among themselves
    "brin, 172.19.0.2,  198.51.100.7, dropped", // out
    "wan,  203.0.113.2, 172.19.0.2,   dropped", // in
    "brin, 172.19.0.2,  172.17.0.2,   dropped", // to another network
    "br0,  172.17.0.2,  172.19.0.2,   dropped", // from another network
    "brq,  172.20.0.2,  172.20.0.3,   dropped", // icc=false
    "brq,  172.20.0.2,  198.51.100.7, 198.51.100.7:22",
    "brq,  172.20.0.2,  172.17.0.2,   dropped",
    "wan,  203.0.113.2, 198.51.100.7, dropped", // the host is nobody's router
  })
  void internalAndQuietNetworks(String in, String from, String to, String expected) {
    assertEquals(expected, fate(ours().forward(SimulatedPacket.tcp(in, from, to, 22), HOST)));
  }

  @ParameterizedTest(name = "answers from {0} to {1} by {2}: {3}")
  @CsvSource({
    "198.51.100.7, 172.17.0.2, wan, true",
    "172.17.0.2, 203.0.113.2, br0, true", // of a published port
    "203.0.113.2, 172.18.0.2, wan, true",
    "203.0.113.2, 172.19.0.2, wan, false", // nobody inside can have asked
  })
  void answersComeBack(String from, String to, String in, boolean passes) {
    // The table raw knows no connections: answers to a container arrive for the host's address,
    // and are translated back before filter sees them.
    SimulatedPacket packet = SimulatedPacket.answer(in, from, to);
    assertEquals(passes, ours().filter(packet, HOST).passed());
  }

  @ParameterizedTest(name = "{0} -> {1}:{2} is masqueraded: {3}")
  @CsvSource({
    "172.17.0.2, 198.51.100.7, 443,  true", // out
    "172.17.0.2, 172.17.0.3,   22,   false", // a neighbour sees who it is
    "172.17.0.2, 203.0.113.1,  8080, true", // itself, by its own published port
    "172.17.0.3, 203.0.113.1,  8080, false", // a neighbour by it
    "172.18.0.2, 203.0.113.1,  8080, true", // leaves its own network
  })
  void whoIsMasqueraded(String from, String to, int port, boolean expected) {
    String in = from.startsWith("172.17") ? "br0" : "br1";
    Fate fate = ours().forward(SimulatedPacket.tcp(in, from, to, port), HOST);
    assertTrue(fate.passed());
    assertEquals(expected, fate.packet().isMasqueraded());
  }

  @ParameterizedTest(name = "the host calls {0}:{1}: {2}, masqueraded: {3}")
  @CsvSource({
    "127.0.0.1,   8080, 172.17.0.2:80, true", // 127.0.0.1 could not be answered from inside
    "203.0.113.1, 8080, 172.17.0.2:80, true",
    "127.0.0.1,   8081, 172.17.0.2:81, true",
    "203.0.113.1, 8081, 203.0.113.1:8081, false",
    "172.17.0.2,  80,   172.17.0.2:80, true",
  })
  void theHostItself(String to, int port, String expected, boolean masqueraded) {
    String source = to.startsWith("127.") ? "127.0.0.1" : "203.0.113.1";
    Fate fate = ours().output(SimulatedPacket.tcp("", source, to, port), HOST);
    assertEquals(expected, fate(fate));
    assertEquals(masqueraded, fate.packet().isMasqueraded());
  }

  @Test
  void aPortBelongsToItsProtocolAndAddress() {
    Simulator rules = ours();
    assertEquals(
        "172.17.0.2:53",
        fate(rules.forward(SimulatedPacket.udp("wan", "203.0.113.2", "203.0.113.1", 53), HOST)));
    assertEquals(
        "203.0.113.1:53",
        fate(rules.forward(SimulatedPacket.tcp("wan", "203.0.113.2", "203.0.113.1", 53), HOST)));
    assertEquals(
        "172.17.0.1:53",
        fate(rules.forward(SimulatedPacket.udp("br0", "172.17.0.3", "172.17.0.1", 53), HOST)),
        "published on another address");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 81})
  void aLinkOpensItsPortBothWaysAndNoOther(int port) {
    LinkRules link =
        new LinkRules("brq", Ipv4.of("172.20.0.2"), Ipv4.of("172.20.0.3"), Set.of(Port.tcp(80)));
    Simulator rules = ours(link);
    boolean open = port == 80;
    assertEquals(
        open ? "172.20.0.3:" + port : "dropped",
        fate(rules.forward(SimulatedPacket.tcp("brq", "172.20.0.2", "172.20.0.3", port), HOST)));
    assertEquals(
        open ? "172.20.0.2:40000" : "dropped",
        fate(
            rules.forward(
                SimulatedPacket.tcp("brq", "172.20.0.3", "172.20.0.2", 40000).from(port), HOST)));
    assertEquals(
        "dropped",
        fate(rules.forward(SimulatedPacket.tcp("brq", "172.20.0.9", "172.20.0.3", port), HOST)));
  }

  @Test
  void whatIsWithdrawnIsClosed() {
    RuleSet rules = layout.empty();
    List<Placement> bridge = layout.bridge(bridge("br0", "172.17.0.0/16", false, true));
    List<PortBinding> ports = List.of(new PortBinding(Port.tcp(80), "0.0.0.0", 8080));
    rules.add(bridge);
    String before = rules.rebuild(Set.of()).text();
    rules.add(layout.ports(PortRules.of(Ipv4.of("172.17.0.2"), ports)));
    rules.remove(layout.ports(PortRules.of(Ipv4.of("172.17.0.2"), ports)));
    assertEquals(before, rules.rebuild(Set.of()).text());
  }
}
