package io.jdocker.network.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Ipv4;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A packet's way through a table. */
class TableWalkTest {
  private static final Packet PACKET =
      Packet.first(Ipv4.of("192.0.2.7"), 40000, Ipv4.of("172.17.0.2"), 80, "tcp")
          .between("eth0", "br0");

  private static Passed walk(String... lines) {
    RuleTables tables = RuleTables.parse("*filter\n" + String.join("\n", lines) + "\nCOMMIT\n");
    return new TableWalk(tables, a -> "UNICAST", p -> Ipv4.of("203.0.113.1"), PACKET)
        .from("filter", "FORWARD");
  }

  private static List<String> texts(Passed passed) {
    return passed.hits().stream().map(RuleHit::text).toList();
  }

  @Test
  void theFirstVerdictCounts() {
    Passed passed =
        walk(":FORWARD DROP [0:0]", "-A FORWARD -p tcp -j ACCEPT", "-A FORWARD -j DROP");
    assertTrue(passed.stopped().isEmpty());
    assertEquals(List.of("-p tcp -j ACCEPT"), texts(passed));
  }

  @Test
  void thePolicyHasTheLastWordOfAKernelsChainAndNoneOfOthers() {
    Passed passed =
        walk(
            ":FORWARD DROP [0:0]",
            ":MINE - [0:0]",
            "-A FORWARD -j MINE",
            "-A MINE -p udp -j ACCEPT");
    assertEquals("policy DROP", passed.stopped().orElseThrow().text());
    assertEquals(List.of("-j MINE", "policy DROP"), texts(passed));
    assertTrue(passed.hits().get(0).isEmptyJump());
    assertTrue(walk(":FORWARD ACCEPT [0:0]").stopped().isEmpty());
  }

  @Test
  void returnGoesBackToTheChainThatJumpedAndGotoDoesNot() {
    String[] chains = {":FORWARD ACCEPT [0:0]", ":A - [0:0]", ":B - [0:0]"};
    Passed jumped =
        walk(
            chains[0],
            chains[1],
            chains[2],
            "-A FORWARD -j A",
            "-A FORWARD -j DROP",
            "-A A -j B",
            "-A B -j RETURN",
            "-A A -j RETURN",
            "-A A -j ACCEPT");
    assertEquals(List.of("-j A", "-j B", "-j RETURN", "-j RETURN", "-j DROP"), texts(jumped));
    assertEquals(2, jumped.hits().get(2).depth());
    Passed gone =
        walk(chains[0], chains[1], chains[2], "-A FORWARD -g A", "-A FORWARD -j DROP", "-A A -j B");
    assertTrue(gone.stopped().isEmpty());
  }

  @Test
  void aMarkIsSeenByLaterRulesAndLoggingIsNoVerdict() {
    Passed passed =
        walk(
            ":FORWARD ACCEPT [0:0]",
            "-A FORWARD -j LOG",
            "-A FORWARD -j MARK --set-xmark 0x7/0xffffffff",
            "-A FORWARD -m mark --mark 0x7 -j DROP");
    assertEquals("-m mark --mark 0x7 -j DROP", passed.stopped().orElseThrow().text());
    assertEquals(3, passed.hits().size());
  }

  @Test
  void translationChangesThePacketAndEndsTheTable() {
    Passed passed =
        walk(
            ":FORWARD ACCEPT [0:0]",
            "-A FORWARD -j DNAT --to-destination 10.0.0.2:8080",
            "-A FORWARD -j DROP");
    assertEquals("192.0.2.7:40000 -> 10.0.0.2:8080/tcp", passed.packet().toString());
    assertTrue(passed.packet().translated());
    assertEquals("now 192.0.2.7:40000 -> 10.0.0.2:8080/tcp", passed.hits().get(0).note());
    assertEquals(
        "203.0.113.1:40000 -> 172.17.0.2:80/tcp",
        walk(":FORWARD ACCEPT [0:0]", "-A FORWARD -j MASQUERADE").packet().toString());
  }

  @Test
  void doubtsAreKeptUnlessTheyCannotMatter() {
    assertEquals(
        List.of("-m owner --uid-owner 0 -j DROP", "-j NFQUEUE --queue-num 1", "-j LOST"),
        walk(
                ":FORWARD ACCEPT [0:0]",
                "-A FORWARD -m owner --uid-owner 0 -j DROP",
                "-A FORWARD -m owner --uid-owner 0 -j LOG",
                "-A FORWARD -j NFQUEUE --queue-num 1",
                "-A FORWARD -j LOST")
            .doubts()
            .stream()
            .map(RuleHit::text)
            .toList());
  }

  @Test
  void chainsThatLeadIntoEachOtherEnd() {
    Passed passed =
        walk(
            ":FORWARD ACCEPT [0:0]",
            ":A - [0:0]",
            ":B - [0:0]",
            "-A FORWARD -j A",
            "-A A -j B",
            "-A B -j A");
    assertEquals(1, passed.doubts().size());
  }
}
