package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Cidr;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Family;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules for ip6tables, and those of the gateway modes. */
final class Layout6Test {
  private static final Cidr6 SUBNET = Cidr6.of("fd00:1::/64");
  private static final Ipv6 GATEWAY = Ipv6.of("fd00:1::1");
  private static final Ipv6 CONTAINER = Ipv6.of("fd00:1::2");

  private final Layout layout = new Layout(Family.IPV6, "JDOCKER", true);

  private static BridgeRules bridge(GatewayMode mode, boolean internal, String... trusted) {
    return new BridgeRules("br0", SUBNET, GATEWAY, internal, true, true, mode, List.of(trusted));
  }

  private static List<String> text(List<Placement> placements) {
    return placements.stream().map(p -> p.rule().chain().name() + " " + p.rule().text()).toList();
  }

  @Test
  void aNetworkIsTranslatedAndProtected() {
    assertEquals(
        List.of(
            "JDOCKER-CT -o br0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
            "JDOCKER ! -i br0 -o br0 -m conntrack --ctstate DNAT -j ACCEPT",
            "JDOCKER ! -i br0 -o br0 -j DROP",
            "JDOCKER-BRIDGE -o br0 -j JDOCKER",
            "JDOCKER-POST -s fd00:1::/64 ! -o br0 -j MASQUERADE",
            "JDOCKER-POST -s fd00:1::/64 -d fd00:1::/64 -m conntrack --ctstate DNAT -j MASQUERADE",
            "JDOCKER-RAW -d fd00:1::1 -j RETURN",
            "JDOCKER-RAW -d fd00:1::/64 ! -i br0 -j DROP",
            "JDOCKER-FORWARD -i br0 -j ACCEPT"),
        text(layout.bridge(bridge(GatewayMode.NAT, false))));
  }

  @Test
  void aRoutedNetworkHasNoTranslation() {
    List<String> rules = text(layout.bridge(bridge(GatewayMode.ROUTED, false)));
    assertTrue(rules.contains("JDOCKER ! -i br0 -o br0 -p ipv6-icmp -j ACCEPT"), "" + rules);
    assertTrue(
        rules.indexOf("JDOCKER ! -i br0 -o br0 -j JDOCKER-OPEN")
            < rules.indexOf("JDOCKER ! -i br0 -o br0 -j DROP"),
        "what is open is let in before the rest is dropped: " + rules);
    assertTrue(rules.stream().noneMatch(r -> r.contains("MASQ") || r.contains("RAW")), "" + rules);
  }

  @Test
  void anUnprotectedNetworkDropsNothing() {
    List<String> rules = text(layout.bridge(bridge(GatewayMode.NAT_UNPROTECTED, false)));
    assertTrue(rules.stream().noneMatch(r -> r.contains("DROP")), "" + rules);
    assertTrue(rules.stream().anyMatch(r -> r.contains("MASQUERADE")), "" + rules);
  }

  @Test
  void neighboursOfAnInternalNetworkFindEachOther() {
    assertEquals(
        List.of(
            "JDOCKER-INTERNAL ! -i br0 -o br0 -j DROP",
            "JDOCKER-INTERNAL -i br0 ! -o br0 -j DROP",
            "JDOCKER-FORWARD -i br0 -j ACCEPT"),
        text(layout.bridge(bridge(GatewayMode.NAT, true))));
  }

  @Test
  void trustedLinksComeBeforeTheDrop() {
    List<String> rules = text(layout.bridge(bridge(GatewayMode.NAT, false, "eth0", "eth1")));
    int drop = rules.indexOf("JDOCKER-RAW -d fd00:1::/64 ! -i br0 -j DROP");
    for (String link : List.of("eth0", "eth1")) {
      int trusted = rules.indexOf("JDOCKER-RAW -d fd00:1::/64 -i " + link + " -j RETURN");
      assertTrue(trusted >= 0 && trusted < drop, "" + rules);
    }
  }

  @Test
  void portsAreThoseOfTheOwnProtocol() {
    List<PortBinding> bindings =
        List.of(
            new PortBinding(Port.tcp(80), "0.0.0.0", 8080),
            new PortBinding(Port.tcp(80), "::", 8080),
            new PortBinding(Port.tcp(81), "2001:db8::1", 8081),
            new PortBinding(Port.tcp(82), "::1", 8082),
            PortBinding.routed(Port.tcp(83), Family.IPV6));
    assertEquals(
        List.of(
            "JDOCKER-T8064 ! -s fe80::/10 -p tcp --dport 8080 -j DNAT"
                + " --to-destination [fd00:1::2]:80",
            "JDOCKER-T8064 ! -s fe80::/10 -d 2001:db8::1/128 -p tcp --dport 8081 -j DNAT"
                + " --to-destination [fd00:1::2]:81",
            "JDOCKER-OPEN -d fd00:1::2/128 -p tcp --dport 83 -j ACCEPT"),
        text(layout.ports(PortRules.of(CONTAINER, bindings))));
    assertEquals(
        List.of(
            "JDOCKER-T8064 -p tcp --dport 8080 -j DNAT --to-destination 10.0.0.2:80",
            "JDOCKER-OPEN -d 10.0.0.2/32 -p tcp --dport 80 -j ACCEPT",
            "JDOCKER-H10.0.0.0 -s 10.0.0.2/32 -d 10.0.0.2/32 -j MASQUERADE"),
        text(
            new Layout("JDOCKER", true).ports(new PortRules(Ipv4.of("10.0.0.2"), bindings, true))));
  }

  @Test
  void routedPortsOfIpv4AreOpenedAlone() {
    assertEquals(
        List.of("JDOCKER-OPEN -d 10.0.0.2/32 -p tcp --dport 80 -j ACCEPT"),
        text(
            new Layout("JDOCKER", true)
                .ports(
                    PortRules.of(
                        Ipv4.of("10.0.0.2"),
                        List.of(PortBinding.routed(Port.tcp(80), Family.IPV4))))));
    BridgeRules routed =
        new BridgeRules(
            "br0",
            Cidr.of("10.0.0.0/24"),
            Ipv4.of("10.0.0.1"),
            false,
            true,
            true,
            GatewayMode.ROUTED,
            List.of());
    assertTrue(
        text(new Layout("JDOCKER", true).bridge(routed))
            .contains("JDOCKER-RAW -d 127.0.0.0/8 -i br0 -j DROP"),
        "route_localnet is on for all of them");
  }

  @Test
  void theHostsOwnLocalhostIsLeftToTheRelay() {
    assertTrue(
        layout.entries().stream().anyMatch(r -> r.text().startsWith("! -d ::1/128 -m addrtype")));
    assertEquals("ip6tables", layout.program());
    assertTrue(layout.isOurs(new Chain(Table.FILTER, "JDOCKER-OPEN")));
    assertFalse(layout.isOurs(new Chain(Table.FILTER, "JDOCKER-USER")));
  }
}
