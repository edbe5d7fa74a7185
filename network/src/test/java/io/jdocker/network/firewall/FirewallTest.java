package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How rules come into the kernel, and come back when something went wrong, against a fake one. */
class FirewallTest {
  private static final BridgeRules BRIDGE =
      new BridgeRules("br0", Cidr.of("172.17.0.0/16"), Ipv4.of("172.17.0.1"), false, true, true);
  private static final Ipv4 CONTAINER = Ipv4.of("172.17.0.2");

  private final FakeIptables kernel = new FakeIptables();
  private final Firewall firewall = Firewall.of("jdocker0", true, kernel);

  @AfterEach
  void close() {
    firewall.close();
  }

  private static List<PortBinding> port(int number) {
    return List.of(new PortBinding(Port.tcp(80), "0.0.0.0", number));
  }

  private void publish(int number) {
    firewall.publish(PortRules.of(CONTAINER, port(number))).await();
  }

  private static String translation(int number) {
    return "-p tcp --dport " + number + " -j DNAT --to-destination 172.17.0.2:80";
  }

  /** All translations in the kernel. */
  private List<String> translations() {
    return kernel.save().lines().filter(l -> l.contains("DNAT --to")).sorted().toList();
  }

  @Test
  void nothingIsTouchedBeforeTheFirstChange() {
    String before = kernel.save();
    firewall.describe(BRIDGE);
    firewall.describe(PortRules.of(CONTAINER, port(80)));
    assertEquals(List.of(), kernel.calls());
    assertEquals(before, kernel.save());
    assertFalse(firewall.isFounded());
  }

  @Test
  void theFirstChangeFoundsTheChainsAndTheNextGoThroughOneProgram() {
    firewall.addBridge(BRIDGE).await();
    assertEquals(
        List.of("run iptables-save", "run iptables-restore", "run iptables-restore"),
        kernel.calls());
    assertEquals(
        List.of("-j JDOCKER-USER", "-j JDOCKER-FORWARD"), kernel.rules("filter", "FORWARD"));
    publish(8080);
    publish(8081);
    firewall.withdraw(PortRules.of(CONTAINER, port(8080))).await();
    assertEquals(4, kernel.calls().size(), "one more, and it stays");
    assertEquals(List.of(translation(8081)), kernel.rules("nat", "JDOCKER-T8064"));
  }

  @Test
  void anEmptyBlockGoesWithItsLastRule() {
    firewall.addBridge(BRIDGE).await();
    String before = kernel.save();
    publish(8080);
    assertTrue(kernel.save().contains(":JDOCKER-T8064 "));
    firewall.withdraw(PortRules.of(CONTAINER, port(8080))).await();
    assertEquals(before, kernel.save());
    firewall.withdraw(PortRules.of(CONTAINER, port(8080))).await();
    assertEquals(before, kernel.save(), "withdrawn twice");
  }

  @Test
  void theUsersChainIsKeptWithWhatIsInIt() {
    kernel.byHand("filter", ":JDOCKER-USER - [0:0]", "-A JDOCKER-USER -s 10.0.0.0/8 -j DROP");
    kernel.byHand("filter", "-A FORWARD -s 192.0.2.0/24 -j ACCEPT");
    firewall.addBridge(BRIDGE).await();
    assertEquals(List.of("-s 10.0.0.0/8 -j DROP"), kernel.rules("filter", "JDOCKER-USER"));
    assertEquals(
        List.of("-j JDOCKER-USER", "-j JDOCKER-FORWARD", "-s 192.0.2.0/24 -j ACCEPT"),
        kernel.rules("filter", "FORWARD"));
    firewall.removeAll();
    assertEquals(List.of("-s 10.0.0.0/8 -j DROP"), kernel.rules("filter", "JDOCKER-USER"));
    assertEquals(
        List.of("-j JDOCKER-USER", "-s 192.0.2.0/24 -j ACCEPT"), kernel.rules("filter", "FORWARD"));
  }

  @Test
  void everythingOfOursGoesAndNothingElse() {
    kernel.byHand("nat", ":OTHER - [0:0]", "-A POSTROUTING -j OTHER", "-A OTHER -j MASQUERADE");
    String before = kernel.save();
    firewall.addBridge(BRIDGE).await();
    publish(8080);
    firewall.removeAll();
    assertEquals(before, kernel.save());
    firewall.removeAll();
    assertEquals(before, kernel.save());
  }

  @Test
  void whatWasRemovedIsForgotten() {
    firewall.addBridge(BRIDGE).await();
    publish(8080);
    firewall.removeAll();
    publish(8081);
    assertEquals(1, translations().size(), translations().toString());
  }

  @Test
  void aFlushIsRepairedWithTheNextChange() {
    firewall.addBridge(BRIDGE).await();
    publish(8080);
    String whole = kernel.save();
    kernel.flushAll();
    firewall.withdraw(PortRules.of(Ipv4.of("172.17.0.9"), port(9999))).await(); // was never there
    Ipv4 neighbour = Ipv4.of("172.17.0.9");
    firewall.publish(PortRules.of(neighbour, port(8081))).await();
    firewall.withdraw(PortRules.of(neighbour, port(8081))).await();
    assertEquals(sorted(whole), sorted(kernel.save()));
  }

  private static List<String> sorted(String text) {
    return text.lines().sorted().toList();
  }

  @Test
  void reloadTwiceGivesTheSameBytes() {
    firewall.addBridge(BRIDGE).await();
    publish(8080);
    kernel.flushAll();
    firewall.reload();
    String first = kernel.save();
    firewall.reload();
    assertEquals(first, kernel.save());
    assertEquals(List.of(translation(8080)), kernel.rules("nat", "JDOCKER-T8064"));
  }

  @Test
  void aProgramThatDiedIsStartedAgain() {
    firewall.addBridge(BRIDGE).await();
    publish(8080);
    kernel.resident().die();
    publish(8081);
    publish(8082);
    assertEquals(3, translations().size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRuleThatIsRefusedHarmsNoOther(boolean first) {
    if (!first) {
      firewall.addBridge(BRIDGE).await();
      publish(8080);
    }
    kernel.refuse("--dport 6666 ");
    SystemFailure failure = assertThrows(SystemFailure.class, () -> publish(6666));
    assertTrue(failure.getMessage().contains("refused"), failure.getMessage());
    publish(8081);
    assertEquals(first ? 1 : 2, translations().size());
    kernel.refuse("\0");
    publish(6666);
    assertEquals(first ? 2 : 3, translations().size());
  }

  @Test
  void twoEnginesNeitherSeeNorRemoveEachOthersRules() {
    Firewall other = Firewall.of("other0", true, kernel);
    firewall.addBridge(BRIDGE).await();
    String alone = kernel.save();
    BridgeRules theirs =
        new BridgeRules("other0", Cidr.of("10.9.0.0/24"), Ipv4.of("10.9.0.1"), false, true, true);
    other.addBridge(theirs).await();
    other.publish(PortRules.of(Ipv4.of("10.9.0.2"), port(7000))).await();
    publish(8080);
    firewall.withdraw(PortRules.of(CONTAINER, port(8080))).await();
    assertEquals(1, translations().size());
    other.removeAll();
    other.close();
    assertEquals(sorted(alone), sorted(kernel.save()));
  }

  @Test
  void aNewEngineTakesOverWhatAnOldOneLeft() {
    firewall.addBridge(BRIDGE).await();
    publish(8080);
    publish(9090);
    Firewall next = Firewall.of("jdocker0", true, kernel);
    next.addBridge(BRIDGE).await();
    next.publish(PortRules.of(CONTAINER, port(8080))).await();
    assertEquals(List.of("-A JDOCKER-T8064 " + translation(8080)), translations(), "9090 is stale");
    next.removeAll();
    next.close();
    assertFalse(kernel.save().contains("JDOCKER"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverHappensTheRulesAreThoseOfWhatIsPublished(long seed) {
    Random random = new Random(seed);
    List<Integer> published = new ArrayList<>();
    firewall.addBridge(BRIDGE).await();
    for (int step = 0; step < 150; step++) {
      int chance = random.nextInt(100);
      if (chance < 3) {
        kernel.flushAll();
      } else if (chance < 5) {
        firewall.reload();
      } else if (chance < 7 && step > 20) {
        kernel.resident().die();
      }
      int number = 8000 + random.nextInt(40) * 16;
      if (published.remove((Integer) number)) {
        firewall.withdraw(PortRules.of(CONTAINER, port(number))).await();
      } else {
        published.add(number);
        publish(number);
      }
    }
    firewall.reload();
    assertEquals(
        published.stream()
            .map(n -> "-A JDOCKER-T" + n / 64 * 64 + " " + translation(n))
            .sorted()
            .toList(),
        translations());
    published.forEach(n -> firewall.withdraw(PortRules.of(CONTAINER, port(n))).await());
    firewall.removeBridge(BRIDGE).await();
    firewall.removeAll();
    assertFalse(kernel.save().contains("JDOCKER"), kernel.save());
  }
}
