package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules to the letter: whoever changes one sees here what changes. */
class LayoutTest {
  private final Layout layout = new Layout("JDOCKER", true);

  private static BridgeRules bridge(boolean internal, boolean communication, boolean masquerade) {
    return new BridgeRules(
        "br0", Cidr.of("10.9.0.1/24"), Ipv4.of("10.9.0.1"), internal, communication, masquerade);
  }

  private static String text(List<Placement> placements) {
    Transaction transaction = new Transaction();
    placements.forEach(
        p -> {
          p.jump().ifPresent(transaction::append);
          transaction.append(p.rule());
        });
    return transaction.text();
  }

  @Test
  void anOrdinaryBridge() {
    assertEquals(
        """
        *raw
        -A JDOCKER-RAW -d 10.9.0.1 -j RETURN
        -A JDOCKER-RAW -d 10.9.0.0/24 ! -i br0 -j DROP
        -A JDOCKER-RAW -d 127.0.0.0/8 -i br0 -j DROP
        COMMIT
        *nat
        -A JDOCKER-POST -s 10.9.0.0/24 ! -o br0 -j MASQUERADE
        -A JDOCKER-POST -o br0 -m addrtype --src-type LOCAL -j MASQUERADE
        COMMIT
        *filter
        -A JDOCKER-CT -o br0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A JDOCKER ! -i br0 -o br0 -m conntrack --ctstate DNAT -j ACCEPT
        -A JDOCKER ! -i br0 -o br0 -j DROP
        -A JDOCKER-BRIDGE -o br0 -j JDOCKER
        -A JDOCKER-FORWARD -i br0 -j ACCEPT
        COMMIT
        """,
        text(layout.bridge(bridge(false, true, true))));
  }

  @Test
  void aHostsPartOfALargerNetwork() {
    Cidr subnet = Cidr.of("10.9.0.0/24");
    Cidr cluster = Cidr.of("10.9.0.0/16");
    assertEquals(
        """
        *raw
        -A JDOCKER-RAW -s 10.9.0.0/16 -d 10.9.0.0/24 -i flannel.1 -j RETURN
        COMMIT
        *nat
        -A JDOCKER-POST -s 10.9.0.0/24 -d 10.9.0.0/16 ! -o br0 -j RETURN
        COMMIT
        *filter
        -A JDOCKER -s 10.9.0.0/16 -i flannel.1 -o br0 -j ACCEPT
        COMMIT
        """,
        text(layout.overlay(new OverlayRules("br0", subnet, cluster, "flannel.1"))));
    String anyLink = text(layout.overlay(new OverlayRules("br0", subnet, cluster, "")));
    assertTrue(anyLink.contains("-d 10.9.0.0/24 ! -i br0 -j RETURN"), anyLink);
  }

  @Test
  void anInternalBridge() {
    assertEquals(
        """
        *filter
        -A JDOCKER-INTERNAL ! -s 10.9.0.0/24 -o br0 -j DROP
        -A JDOCKER-INTERNAL ! -d 10.9.0.0/24 -i br0 -j DROP
        -A JDOCKER-FORWARD -i br0 -j ACCEPT
        COMMIT
        """,
        text(layout.bridge(bridge(true, true, true))));
  }

  @Test
  void aQuietBridgeWithoutMasquerade() {
    String rules = text(layout.bridge(bridge(false, false, false)));
    assertFalse(rules.contains("-s 10.9.0.0/24 ! -o br0"), rules);
    assertTrue(
        rules.contains(
            """
            -A JDOCKER-FORWARD -i br0 -o br0 -j DROP
            -A JDOCKER-FORWARD -i br0 ! -o br0 -j ACCEPT
            """),
        rules);
  }

  @Test
  void withoutBridgedFilteringNeighboursAreMasqueraded() {
    String rules = text(new Layout("JDOCKER", false).bridge(bridge(false, true, true)));
    assertTrue(
        rules.contains(
            "-A JDOCKER-POST -s 10.9.0.0/24 -d 10.9.0.0/24 -m conntrack --ctstate DNAT"
                + " -j MASQUERADE\n"),
        rules);
  }

  @Test
  void publishedPortsStandInBlocks() {
    List<PortBinding> bindings =
        List.of(
            new PortBinding(Port.tcp(80), "0.0.0.0", 8080),
            new PortBinding(Port.tcp(80), "::", 8080),
            new PortBinding(Port.udp(53), "127.0.0.1", 63));
    assertEquals(
        """
        *raw
        -A JDOCKER-RAW -d 127.0.0.1/32 ! -i lo -p udp --dport 63 -j DROP
        COMMIT
        *nat
        -A JDOCKER -p tcp --dport 8064:8127 -j JDOCKER-T8064
        -A JDOCKER-T8064 -p tcp --dport 8080 -j DNAT --to-destination 10.9.0.40:80
        -A JDOCKER -p udp --dport 0:63 -j JDOCKER-U0
        -A JDOCKER-U0 -d 127.0.0.1/32 -p udp --dport 63 -j DNAT --to-destination 10.9.0.40:53
        -A JDOCKER-POST -s 10.9.0.32/27 -d 10.9.0.32/27 -j JDOCKER-H10.9.0.32
        -A JDOCKER-H10.9.0.32 -s 10.9.0.40/32 -d 10.9.0.40/32 -j MASQUERADE
        COMMIT
        """,
        text(layout.ports(PortRules.of(Ipv4.of("10.9.0.40"), bindings))));
    assertEquals(
        List.of(), layout.ports(PortRules.of(Ipv4.of("10.9.0.40"), List.of(bindings.get(1)))));
  }

  @Test
  void aLinkOpensBothDirections() {
    assertEquals(
        """
        *filter
        -A JDOCKER -i br0 -o br0 -s 10.9.0.3/32 -d 10.9.0.2/32 -p tcp --dport 80 -j ACCEPT
        -A JDOCKER -i br0 -o br0 -s 10.9.0.2/32 -d 10.9.0.3/32 -p tcp --sport 80 -j ACCEPT
        COMMIT
        """,
        text(
            layout.link(
                new LinkRules(
                    "br0", Ipv4.of("10.9.0.3"), Ipv4.of("10.9.0.2"), Set.of(Port.tcp(80))))));
  }

  @Test
  void enginesTellTheirChainsApart() {
    Layout other = new Layout(Layout.prefixFor("jd1"), true);
    Chain ours = new Chain(Table.FILTER, "JDOCKER-FORWARD");
    Chain theirs = new Chain(Table.FILTER, Layout.prefixFor("jd1") + "-FORWARD");
    assertTrue(layout.isOurs(ours));
    assertFalse(layout.isOurs(theirs));
    assertTrue(other.isOurs(theirs));
    assertFalse(other.isOurs(ours));
    assertFalse(layout.isOurs(Layout.user()));
    assertFalse(layout.isOurs(new Chain(Table.NAT, "DOCKER")));
    assertTrue(layout.isOurs(new Chain(Table.NAT, "JDOCKER-T8064")));
  }

  @Test
  void theLongestNameFits() {
    Chain longest =
        new Layout(Layout.prefixFor("another-bridge"), true)
            .ports(
                PortRules.of(
                    Ipv4.of("172.117.255.224"),
                    List.of(new PortBinding(Port.tcp(1), "0.0.0.0", 65535))))
            .get(1)
            .rule()
            .chain();
    assertTrue(longest.name().length() <= 28, longest.name());
  }
}
