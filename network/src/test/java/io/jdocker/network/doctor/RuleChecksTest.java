package io.jdocker.network.doctor;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static io.jdocker.network.survey.SurveyOnPaper.network;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.SurveyOnPaper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checks of rules and name servers say of files that a test has written. */
class RuleChecksTest {
  @TempDir private Path folder;

  private PatientOnPaper patient() {
    return new PatientOnPaper(folder);
  }

  private static Survey withBridge() {
    return SurveyOnPaper.of(
        List.of(network("shop", "br-shop", "172.18.0.0/16")),
        List.of(),
        PlaceOnPaper.host().with(link(3, "br-shop").kind("bridge").ofNetwork("shop")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":FORWARD DROP [0:0] | | 1",
        ":FORWARD ACCEPT [0:0] | | 0",
        ":FORWARD DROP [0:0] | -A FORWARD -j JDOCKER-FORWARD | 0",
        ":FORWARD DROP [0:0] | -A FORWARD -j JDOCKER-7-FORWARD | 0",
        ":FORWARD DROP [0:0] | -A FORWARD -j JDOCKER-USER | 1",
        ":FORWARD DROP [0:0] | -A FORWARD -j DOCKER-FORWARD | 1",
        ":FORWARD DROP [0:0] | -A INPUT -j JDOCKER-FORWARD | 1",
        ":FORWARD DROP [0:0] | -A FORWARD -j LOG --log-prefix JDOCKER-FORWARD | 1",
      })
  void droppingIsAFaultWithoutAWayToTheEnginesRules(String policy, String rule, int findings) {
    String saved = "*filter\n" + policy + "\n" + (rule == null ? "" : rule + "\n") + "COMMIT\n";
    Patient patient = patient().seen(withBridge()).prints("iptables-save", saved).build();
    List<Finding> found = new ForwardingPolicy().look(patient);
    assertEquals(findings, found.size());
    found.forEach(f -> assertEquals("forward-drop", f.id()));
  }

  @Test
  void aHostWithoutBridgesMayDropWhatItLikes() {
    Patient patient =
        patient().prints("iptables-save", "*filter\n:FORWARD DROP [0:0]\nCOMMIT\n").build();
    assertEquals(List.of(), new ForwardingPolicy().look(patient));
  }

  @Test
  void aHostWithoutIptablesHasNoRules() {
    Patient patient = patient().seen(withBridge()).build();
    assertEquals(List.of(), patient.rules().all());
    assertEquals(List.of(), new ForwardingPolicy().look(patient));
    assertEquals(List.of(), new MixedTables().look(patient));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "3, 0, 0", "0, 2, 0", "1, 1, 1", "3, 2, 1"})
  void rulesOfBothVariantsAreAFault(int legacy, int nft, int findings) {
    Patient patient =
        patient()
            .prints("iptables-legacy-save", saved(legacy))
            .prints("iptables-nft-save", saved(nft))
            .build();
    List<Finding> found = new MixedTables().look(patient);
    assertEquals(findings, found.size());
    for (Finding finding : found) {
      assertEquals("iptables-mixed", finding.id());
      assertEquals(
          legacy + " rules were set by iptables-legacy and " + nft + " by iptables-nft",
          finding.what());
    }
  }

  private static String saved(int rules) {
    return "# Generated\n*filter\n:INPUT ACCEPT [0:0]\n" + "-A INPUT -j LOG\n".repeat(rules);
  }

  @Test
  void rulesThatTheEngineExpectsNothingOfAreNeitherMissingNorStale() {
    Patient patient =
        patient()
            .prints("iptables-save", "*filter\n:JDOCKER - [0:0]\n-A JDOCKER -j DROP\nCOMMIT\n")
            .build();
    assertEquals(List.of(), new MissingRules().look(patient));
    assertEquals(List.of(), new StaleRules().look(patient));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nameserver 127.0.0.53 | 127.0.0.53",
        "nameserver ::1 | ::1",
        "nameserver 127.0.0.1;nameserver ::1 | 127.0.0.1, ::1",
        "search lan;nameserver\t127.0.0.53;options edns0 | 127.0.0.53",
        "  nameserver   127.0.0.1   | 127.0.0.1",
        "nameserver 127.0.0.53;nameserver 192.0.2.53 | ",
        "nameserver 192.0.2.53 | ",
        "nameserver 2001:db8::53 | ",
        "nameserver 227.0.0.1 | ",
        "# nameserver 127.0.0.1 | ",
        "search lan | ",
      })
  void serversOnTheLoopbackAloneAreAFault(String file, String named) {
    Patient patient = patient().resolves(file.replace(';', '\n')).build();
    List<Finding> found = new NameLoop().look(patient);
    assertEquals(named == null ? 0 : 1, found.size());
    for (Finding finding : found) {
      assertEquals("dns-loop", finding.id());
      assertTrue(
          finding.what().startsWith("resolv.conf names only " + named + ", on the host's"),
          finding::what);
    }
  }

  @Test
  void aHostWithoutResolvConfHasNoLoop() {
    assertEquals(List.of(), new NameLoop().look(patient().build()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 65536, 0",
    "58982, 65536, 0",
    "58983, 65536, 1",
    "65537, 65536, 1",
    "1, 1, 1",
  })
  void aTableThatIsNearlyFullHasTheAdviceToDoubleIt(long count, long most, int findings) {
    List<Finding> found = ConntrackFull.judge(count, most);
    assertEquals(findings, found.size());
    for (Finding finding : found) {
      assertEquals("conntrack-full", finding.id());
      assertEquals("sysctl -w net.netfilter.nf_conntrack_max=" + 2 * most, finding.advice());
    }
  }
}
