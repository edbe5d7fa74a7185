package io.jdocker.network.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Ipv4;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What iptables-save's lines are read into: one row a kind, odd quoting, malformed lines. */
class MatchTableTest {
  private static SavedRule rule(String text) {
    return RuleParser.parse("filter", "FORWARD", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-s 10.0.0.0/8 | Address[source=true, subnet=10.0.0.0/8]",
        "-d 10.0.0.1 | Address[source=false, subnet=10.0.0.1/32]",
        "-i eth0 | Link[where=IN, name=eth0]",
        "-o br+ | Link[where=OUT, name=br+]",
        "-p tcp | Protocol[name=tcp]",
        "-p TCP | Protocol[name=tcp]",
        "-p 0 | Protocol[name=all]",
        "-p 1 | Protocol[name=icmp]",
        "-p 17 | Protocol[name=udp]",
        "-p 47 | Protocol[name=47]",
        "--sport 53 | Ports[side=SOURCE, ranges=[PortRange[first=53, last=53]]]",
        "--dport 1:2 | Ports[side=DESTINATION, ranges=[PortRange[first=1, last=2]]]",
        "--dport :2 | Ports[side=DESTINATION, ranges=[PortRange[first=0, last=2]]]",
        "--dport 2: | Ports[side=DESTINATION, ranges=[PortRange[first=2, last=65535]]]",
        "--ports 7 | Ports[side=EITHER, ranges=[PortRange[first=7, last=7]]]",
        "--src-range 10.0.0.1-10.0.0.9"
            + " | AddressRange[source=true, first=10.0.0.1, last=10.0.0.9]",
        "--dst-range 10.0.0.1 | AddressRange[source=false, first=10.0.0.1, last=10.0.0.1]",
        "--mark 0x7 | Mark[value=7, mask=-1]",
        "--mark 7/0xff | Mark[value=7, mask=255]",
        "--mark 0xffffffff/0xffffffff | Mark[value=-1, mask=-1]",
        "--physdev-in veth1 | Link[where=PORT_IN, name=veth1]",
        "--physdev-out veth1 | Link[where=PORT_OUT, name=veth1]",
        "--physdev-is-bridged | Bridged[]",
        "--tcp-flags ACK,RST,SYN,FIN SYN | Syn[]",
        "--icmp-type 8 | Icmp[type=8]",
        "--icmp-type echo-reply | Icmp[type=0]",
        "--icmp-type any | Icmp[type=255]",
        "--src-type LOCAL | AddressType[source=true, wanted=[LOCAL]]",
        "! -i eth0 | Not[match=Link[where=IN, name=eth0]]",
        "! --frobnicate 7 | Not[match=Unknown[text=--frobnicate 7]]",
      })
  void eachKindOfMatchIsRead(String text, String match) {
    List<Match> matches = rule(text + " -j ACCEPT").matches();
    assertEquals(1, matches.size(), matches::toString);
    assertEquals(match, matches.get(0).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-s example.org | example.org",
        "-s 10.0.0.0/255.0.0.0 | 10.0.0.0/255.0.0.0",
        "-s 10.0.0.0/33 | 10.0.0.0/33",
        "-s ::1/128 | ::1/128",
        "--dport http | http",
        "--dport 80,http | 80,http",
        "--dport 1:2:3 | 1:2:3",
        "--dport 123456 | 123456",
        "--mark soon | --mark soon",
        "--mark 0x7/x | --mark 0x7/x",
        "--ctstate NEW,SNAT | --ctstate NEW,SNAT",
        "--src-range a-b | a-b",
        "--tcp-flags SYN,ACK SYN | --tcp-flags SYN,ACK SYN",
        "--icmp-type 3/4 | --icmp-type 3/4",
        "--icmp-type redirect | --icmp-type redirect",
        "-m time --timestart 08:00 --timestop 17:00 | -m time --timestart 08:00 --timestop 17:00",
        "-m socket | -m socket",
        "-m bpf --bytecode \"1,6 0 0 0\" | -m bpf --bytecode 1,6 0 0 0",
        "-f | -f",
        "stray | stray",
      })
  void whatIsNotUnderstoodIsKeptAsItStands(String text, String unknown) {
    List<Match> matches = rule(text + " -j ACCEPT").matches();
    assertEquals(List.of(new Match.Unknown(unknown)), matches);
  }

  @Test
  void anUnknownModuleDoesNotSwallowTheNextOne() {
    SavedRule rule = rule("-m time --timestart 08:00 -m comment --comment x -p udp -j DROP");
    assertEquals(3, rule.matches().size(), rule::toString);
    assertEquals(new Match.Unknown("-m time --timestart 08:00"), rule.matches().get(0));
    assertEquals(new Match.Protocol("udp"), rule.matches().get(2));
    assertEquals(new Target.Drop(), rule.target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-s", "-i", "-p", "-m", "!", "--dport", "--mark", "--ctstate", "-j", "-g", "! -s"})
  void aRuleThatBreaksOffIsReadWithoutAnError(String text) {
    SavedRule rule = rule(text);
    assertEquals(text, rule.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a b c | [a, b, c]",
        "~  a   b  ~ | [a, b]",
        "\"a b\" c | [a b, c]",
        "\"\" x | [, x]",
        "\"a \\\"b\\\" c\" | [a \"b\" c]",
        "\"back\\\\slash\" | [back\\slash]",
        "a\\ b | [a\\, b]",
        "a\"b c\"d | [ab cd]",
        "\"open to the end | [open to the end]",
        "\"ends in \\ | [ends in \\]",
        "'a b' | ['a, b']",
        "~~ | []",
      })
  void wordsAreThoseOfIptablesSave(String line, String words) {
    assertEquals(words, Words.of(line).toString());
  }

  @Test
  void oddCommentsDoNotChangeWhatARuleDoes() {
    for (String comment :
        List.of("\"-j DROP\"", "\"! -s 10.0.0.0/8\"", "\"\\\"-j DROP\\\"\"", "\"a  b\"", "x")) {
      SavedRule rule = rule("-m comment --comment " + comment + " -j ACCEPT");
      assertEquals(new Target.Accept(), rule.target(), comment);
      assertEquals(List.of(new Match.Protocol("all")), rule.matches(), comment);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-j REJECT | Reject[with=icmp-port-unreachable]",
        "-j RETURN | Return[]",
        "-j DNAT | Unknown[text=DNAT]",
        "-j DNAT --to-destination 10.0.0.2:80-90 | Unknown[text=DNAT --to-destination"
            + " 10.0.0.2:80-90]",
        "-j DNAT --to-destination :80 | Unknown[text=DNAT --to-destination :80]",
        "-j DNAT --to-destination 10.0.0.2:80 --random"
            + " | Destination[address=Optional[10.0.0.2], port=80]",
        "-j REDIRECT | Destination[address=Optional.empty, port=0]",
        "-j REDIRECT --to-ports 1-9 | Unknown[text=REDIRECT --to-ports 1-9]",
        "-j SNAT --to-source 10.0.0.1:1024-65535 | Source[address=Optional[10.0.0.1]]",
        "-j SNAT --to-source 10.0.0.1-10.0.0.9"
            + " | Unknown[text=SNAT --to-source 10.0.0.1-10.0.0.9]",
        "-j MASQUERADE --to-ports 1024-2048 | Source[address=Optional.empty]",
        "-j MARK --set-xmark 0x4000/0x4000 | Mark[value=16384, mask=16384]",
        "-j MARK --and-mark 0x1 | Unknown[text=MARK --and-mark 0x1]",
        "-j MARK | Unknown[text=MARK]",
        "-j NFLOG --nflog-group 5 | Aside[name=NFLOG]",
        "-j CT --zone 5 | Unknown[text=CT --zone 5]",
        "-j my-chain | Jump[chain=my-chain, comesBack=true]",
        "-j drop | Jump[chain=drop, comesBack=true]",
      })
  void eachKindOfTargetIsRead(String text, String target) {
    assertEquals(target, rule(text).target().toString());
  }

  @Test
  void tablesAreReadWithAllThatIptablesSavePrintsBesideRules() {
    RuleTables tables =
        RuleTables.parse(
            """
            # Generated by iptables-save v1.8.9 on Mon Jan  1 00:00:00 2024
            *nat
            :PREROUTING ACCEPT [12:3456]
            :MINE - [0:0]
            -A PREROUTING -m addrtype --dst-type LOCAL -j MINE
            COMMIT
            # Completed on Mon Jan  1 00:00:00 2024
            *filter
            :INPUT DROP [0:0]
            :EMPTY
            -A INPUT -i lo -j ACCEPT
            -A INPUT
            COMMIT
            """);
    assertEquals("ACCEPT", tables.chain("nat", "PREROUTING").policy());
    assertEquals("", tables.chain("nat", "MINE").policy());
    assertEquals("DROP", tables.chain("filter", "INPUT").policy());
    assertEquals(2, tables.chain("filter", "INPUT").rules().size());
    assertTrue(tables.has("filter", "EMPTY"));
    assertFalse(tables.has("filter", "MINE"), "that is nat's");
    assertEquals(3, tables.all().size());
  }

  @Test
  void aChainThatIsNotThereIsEmpty() {
    RuleTables none = RuleTables.none();
    assertEquals(List.of(), none.chain("filter", "INPUT").rules());
    assertEquals("", none.chain("filter", "INPUT").policy());
    assertFalse(none.has("filter", "INPUT"));
    assertEquals(List.of(), RuleTables.parse("").all());
    assertEquals(List.of(), RuleTables.parse("iptables-save: Permission denied\n").all());
  }

  @ParameterizedTest
  @ValueSource(strings = {":", ": ", "*", "-A ", "-A", ":X", "*filter\n:", "-A  -j DROP"})
  void malformedLinesAreNoReasonToFail(String line) {
    RuleTables tables = RuleTables.parse("*filter\n" + line + "\n-A INPUT -j DROP\nCOMMIT\n");
    assertTrue(
        tables.all().stream().anyMatch(r -> r.chain().equals("INPUT")), "the next line is read");
  }

  private static Passed walk(Packet packet, String rules) {
    return new TableWalk(
            RuleTables.parse("*filter\n" + rules),
            a -> "UNICAST",
            p -> Ipv4.of("203.0.113.1"),
            packet)
        .from("filter", "FORWARD");
  }

  private static final Packet PACKET =
      Packet.first(Ipv4.of("192.0.2.7"), 40000, Ipv4.of("172.17.0.2"), 80, "tcp")
          .between("eth0", "br0");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-A FORWARD -j DROP | -j DROP",
        "-A FORWARD -j REJECT --reject-with tcp-reset | -j REJECT --reject-with tcp-reset",
        "-A FORWARD -p udp -j DROP | goes on",
        "-A FORWARD -j ACCEPT;-A FORWARD -j DROP | goes on",
        "-A FORWARD -j RETURN;-A FORWARD -j DROP | policy DROP",
        ":A - [0:0];-A FORWARD -j A;-A A -j ACCEPT;-A FORWARD -j DROP | goes on",
        ":A - [0:0];-A FORWARD -j A;-A A -j RETURN;-A FORWARD -j REJECT | -j REJECT",
        ":A - [0:0];-A FORWARD -g A;-A A -p udp -j DROP;-A FORWARD -j ACCEPT | policy DROP",
        "-A FORWARD -j NOWHERE | policy DROP",
        "-A FORWARD -m owner --uid-owner 0 -j ACCEPT | policy DROP",
      })
  void aVerdictIsThatOfTheFirstRuleOrThePolicy(String rules, String verdict) {
    // The policy is DROP only where no row says that the packet goes on by the chain's end.
    boolean policy = verdict.equals("policy DROP");
    String head = ":FORWARD " + (policy ? "DROP" : "ACCEPT") + " [0:0]\n";
    Passed passed = walk(PACKET, head + rules.replace(';', '\n') + "\nCOMMIT\n");
    assertEquals(verdict, passed.stopped().map(RuleHit::text).orElse("goes on"));
  }

  @Test
  void aMarkIsChangedInTheMaskedBitsAlone() {
    Passed passed =
        walk(
            PACKET.marked(0xf0),
            """
            :FORWARD ACCEPT [0:0]
            -A FORWARD -j MARK --set-xmark 0x3/0x33
            -A FORWARD -m mark --mark 0xc3 -j DROP
            """);
    assertEquals(0xc3, passed.packet().mark());
    assertTrue(passed.stopped().isPresent());
  }

  @Test
  void sixtyFourChainsDeepIsADoubtAndNoOverflow() {
    StringBuilder rules = new StringBuilder(":FORWARD ACCEPT [0:0]\n-A FORWARD -j C0\n");
    for (int i = 0; i < 200; i++) {
      rules.append(":C" + i + " - [0:0]\n-A C" + i + " -j C" + (i + 1) + "\n");
    }
    Passed passed = walk(PACKET, rules.toString());
    assertEquals(1, passed.doubts().size());
    assertEquals(64, passed.doubts().get(0).depth());
  }
}
