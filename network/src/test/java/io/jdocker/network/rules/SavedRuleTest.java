package io.jdocker.network.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Ipv4;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a rule is for a packet from 192.0.2.7:40000 by eth0 to 172.17.0.2:80/tcp by br0. */
class SavedRuleTest {
  private static final Packet PACKET =
      Packet.first(Ipv4.of("192.0.2.7"), 40000, Ipv4.of("172.17.0.2"), 80, "tcp")
          .at("eth0", "br0", "", "veth1");

  private static Answer test(String rule, Packet packet) {
    AddressTypes types =
        a -> a.isLoopback() || a.equals(Ipv4.of("172.17.0.1")) ? "LOCAL" : "UNICAST";
    return RuleParser.parse("filter", "FORWARD", rule + " -j DROP").test(packet, types);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-s 192.0.2.0/24",
        "-s 192.0.2.7/32 -d 172.17.0.2/32",
        "! -s 10.0.0.0/8",
        "-d 0.0.0.0/0",
        "-i eth0 -o br0",
        "-i eth+",
        "! -i br0 -o br0",
        "-p tcp",
        "-p 6",
        "-p tcp -m tcp --dport 80",
        "-p tcp -m tcp --dport 79:81",
        "-p tcp -m tcp --dport :80",
        "-p tcp -m tcp --sport 1024:",
        "-p tcp -m tcp ! --dport 81",
        "-p tcp -m multiport --dports 22,80,443",
        "-p tcp -m multiport ! --dports 22,81:90",
        "-p tcp -m multiport --ports 40000",
        "-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN",
        "-m conntrack --ctstate NEW,RELATED",
        "-m state ! --state ESTABLISHED",
        "-m conntrack ! --ctstate DNAT",
        "-m addrtype ! --dst-type LOCAL",
        "-m addrtype --src-type UNICAST",
        "-m comment --comment \"all of -p udp and ! more\"",
        "-m mark --mark 0x0/0xff",
        "-m iprange --src-range 192.0.2.1-192.0.2.9",
        "-m physdev --physdev-out veth1",
        "-m physdev ! --physdev-is-bridged",
      })
  void itIs(String rule) {
    assertEquals(Answer.YES, test(rule, PACKET), rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-s 192.0.3.0/24",
        "! -d 172.17.0.2/32",
        "-i br0",
        "-i eth1+",
        "-o eth0",
        "-p udp",
        "-p tcp -m tcp --dport 8080",
        "-p tcp -m tcp --sport 80",
        "-p tcp -m multiport --sports 80,443",
        "-m conntrack --ctstate RELATED,ESTABLISHED",
        "-m conntrack --ctstate DNAT",
        "-m addrtype --dst-type LOCAL",
        "-m mark --mark 0x7",
        "-m iprange --dst-range 192.0.2.1-192.0.2.9",
        "-p icmp -m icmp --icmp-type 8",
        // no wherever one condition fails, whatever else is not understood
        "-p udp -m statistic --mode random --probability 0.5",
      })
  void itIsNot(String rule) {
    assertEquals(Answer.NO, test(rule, PACKET), rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-m statistic --mode random --probability 0.5",
        "-m owner --uid-owner 0",
        "-m set --match-set bad src",
        "-m set ! --match-set bad src",
        "-m limit --limit 3/min",
        "-m hashlimit --hashlimit-upto 1/sec --hashlimit-name x",
        "-p tcp -m tcp --tcp-flags SYN,RST SYN",
        "-p tcp -m tcp --dport http",
        "-m conntrack --ctstate SNAT",
        "-m conntrack --ctorigdstport 80",
        "--frobnicate 7",
      })
  void whatIsNotKnownIsNotGuessed(String rule) {
    assertEquals(Answer.UNKNOWN, test(rule, PACKET), rule);
  }

  @Test
  void aConnectionIsNewOrEstablishedAndMayBeTranslated() {
    assertEquals(Answer.YES, test("-m conntrack --ctstate ESTABLISHED", PACKET.answer()));
    assertEquals(Answer.NO, test("-m conntrack --ctstate NEW", PACKET.answer()));
    assertEquals(Answer.YES, test("-m conntrack --ctstate DNAT", PACKET.translated(true)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-j ACCEPT|Accept[]",
        "-j REJECT --reject-with tcp-reset|Reject[with=tcp-reset]",
        "-j DNAT --to-destination 10.0.0.2:80|Destination[address=Optional[10.0.0.2], port=80]",
        "-j DNAT --to-destination 10.0.0.2|Destination[address=Optional[10.0.0.2], port=0]",
        "-j REDIRECT --to-ports 53|Destination[address=Optional.empty, port=53]",
        "-j SNAT --to-source 192.0.2.1|Source[address=Optional[192.0.2.1]]",
        "-j MASQUERADE --random-fully|Source[address=Optional.empty]",
        "-j MARK --set-xmark 0x7/0xffffffff|Mark[value=7, mask=-1]",
        "-g OTHER|Jump[chain=OTHER, comesBack=false]",
        "-j LOG --log-prefix \"x y\"|Aside[name=LOG]",
        "-p tcp|Aside[name=nothing]",
        "-j DNAT --to-destination 10.0.0.2-10.0.0.9|Unknown[text=DNAT --to-destination 10.0.0.2-10.0.0.9]",
        "-j NFQUEUE --queue-num 1|Unknown[text=NFQUEUE --queue-num 1]",
      })
  void targetsAreRead(String rule, String target) {
    assertEquals(target, RuleParser.parse("nat", "PREROUTING", rule).target().toString());
  }

  @Test
  void aRuleKeepsItsText() {
    String text = "-s 10.0.0.0/8 -m comment --comment \"a \\\"b\\\"\" -j ACCEPT";
    SavedRule rule = RuleParser.parse("filter", "INPUT", text);
    assertEquals(text, rule.text());
    assertEquals(2, rule.matches().size());
    assertInstanceOf(Target.Accept.class, rule.target());
    assertTrue(rule.matches().stream().noneMatch(Match.Unknown.class::isInstance));
  }
}
