package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The name server at 127.0.0.11 as containers see it. */
@DisplayName("network.md row 38: names on user-defined networks")
class NameServerIT extends NameServerFixture {
  /** Name, type and answer; one container for all, as each takes a second to make. */
  private static final List<String> CALLED =
      List.of(
          "c2,                       A,    NOERROR 172.18.0.3",
          "C2,                       A,    NOERROR 172.18.0.3",
          "c2.,                      A,    NOERROR 172.18.0.3",
          "0000c0000002,             A,    NOERROR 172.18.0.3", // the short id
          "box2,                     A,    NOERROR 172.18.0.3", // the host name
          "db,                       A,    NOERROR 172.18.0.3", // an alias
          "c2.blue,                  A,    NOERROR 172.18.0.3",
          "db.BLUE,                  A,    NOERROR 172.18.0.3",
          "c1,                       A,    NOERROR 172.18.0.2", // itself
          "c2,                       ANY,  NOERROR 172.18.0.3",
          "c2,                       AAAA, NOERROR", // known, but without IPv6
          "c2,                       MX,   NOERROR",
          "3.0.18.172.in-addr.arpa,  PTR,  NOERROR c2.blue",
          "3.0.18.172.IN-ADDR.ARPA,  PTR,  NOERROR c2.blue",
          "3.0.18.172.in-addr.arpa,  A,    NOERROR",
          "c2.red,                   A,    SERVFAIL", // no such network, and nobody to ask
          "9.0.18.172.in-addr.arpa,  PTR,  SERVFAIL");

  @Test
  void whatContainersCall() {
    Sandbox one = attach(1, "blue");
    attach(2, "blue", "db");
    assertAll(
        CALLED.stream()
            .map(line -> line.split(", +", 3))
            .map(
                words ->
                    () -> {
                      String question = words[0] + " " + words[1];
                      assertEquals(words[2], ask(one, question), question);
                      assertEquals(words[2], ask(one, question + " tcp"), question);
                    }));
  }

  @Test
  void otherProgramsUnderstandIt() {
    Sandbox one = attach(1, "blue");
    attach(2, "blue", "db");
    String found = host.in(one, "busybox nslookup db 127.0.0.11").output();
    assertTrue(found.contains("Address: 172.18.0.3"), found);
    found = host.in(one, "busybox nslookup 172.18.0.3 127.0.0.11").output();
    assertTrue(found.contains("name = c2.blue"), found);
  }

  @Test
  void namesEndAtTheirNetwork() {
    host.with(n -> n.create(NetworkSpec.bridge("red")));
    Sandbox blue = attach(1, "blue");
    attach(2, "red");
    Sandbox onDefault = host.attach(request(3, new NetworkMode.Bridge(), List.of()));
    assertEquals("SERVFAIL", ask(blue, "c2 A"));
    assertEquals("SERVFAIL", ask(blue, "c3 A"));
    assertEquals("", host.in(onDefault, "ss -Hlntu").output(), "no server on the default bridge");

    host.with(n -> n.connect(TestHost.id(2), "blue", EndpointSpec.on("blue")));
    assertEquals("NOERROR 172.18.0.3", ask(blue, "c2 A"));
    host.with(n -> disconnected(n, TestHost.id(2), "blue"));
    assertEquals("SERVFAIL", ask(blue, "c2 A"));
  }

  private static boolean disconnected(Networks networks, String container, String network) {
    networks.disconnect(container, network, false);
    return true;
  }

  @Test
  void aContainerOfTheDefaultBridgeGetsItsServerWhenItIsConnected() throws IOException {
    attach(1, "blue");
    Sandbox late = host.attach(request(2, new NetworkMode.Bridge(), List.of()));
    assertFalse(resolvConf(2).contains("127.0.0.11"));
    host.with(n -> n.connect(TestHost.id(2), "blue", EndpointSpec.on("blue")));
    assertTrue(resolvConf(2).contains("nameserver 127.0.0.11\n"), resolvConf(2));
    assertEquals("NOERROR 172.18.0.2", ask(late, "c1 A"));
  }

  @Test
  void aResolvConfThatTheContainerWroteItselfStays() throws IOException {
    host.attach(request(2, new NetworkMode.Bridge(), List.of()));
    Files.writeString(root.resolve("names2/resolv.conf"), "nameserver 10.1.2.3\n");
    host.with(n -> n.connect(TestHost.id(2), "blue", EndpointSpec.on("blue")));
    assertEquals("nameserver 10.1.2.3\n", resolvConf(2));
  }

  private String resolvConf(int number) throws IOException {
    return Files.readString(root.resolve("names" + number + "/resolv.conf"));
  }

  @Test
  void aRunningContainerThatIsRenamedIsFoundByItsNewName() {
    Sandbox one = attach(1, "blue");
    attach(2, "blue", "db");
    host.with(n -> renamed(n, TestHost.id(2), "store"));
    assertEquals("NOERROR 172.18.0.3", ask(one, "store A"));
    assertEquals("NOERROR 172.18.0.3", ask(one, "db A"));
    assertEquals("SERVFAIL", ask(one, "c2 A"));
    assertEquals("NOERROR store.blue", ask(one, "3.0.18.172.in-addr.arpa PTR"));
  }

  private static boolean renamed(Networks networks, String container, String name) {
    networks.rename(container, name);
    return true;
  }

  @Test
  void aSharedAliasIsAllWhoHaveItInChangingOrder() {
    Sandbox one = attach(1, "blue");
    attach(2, "blue", "web");
    attach(3, "blue", "web");
    attach(4, "blue", "web");
    assertEquals("NOERROR 172.18.0.3 172.18.0.4 172.18.0.5", ask(one, "web A"));
    Set<String> first = new HashSet<>();
    TestHost.await(
        () -> {
          first.add(host.in(one, "busybox nslookup web 127.0.0.11 | grep -m1 172.18").output());
          return first.size() > 1;
        });
    host.detach(TestHost.id(3));
    assertEquals("NOERROR 172.18.0.3 172.18.0.5", ask(one, "web A"));
  }

  @Test
  void anAnswerTooLongForUdpIsCutAndWholeByTcp() {
    Sandbox one = attach(1, "blue");
    for (int i = 2; i <= 41; i++) {
      EndpointSpec spec =
          new EndpointSpec("blue", Optional.empty(), Optional.empty(), List.of("many"), 0);
      host.attach(
          new SandboxRequest(
              TestHost.id(i),
              "c" + i,
              new NetworkMode.UserNetwork("blue"),
              List.of(spec),
              List.of(),
              false,
              Set.of(),
              List.of(),
              Optional.empty()));
    }
    String cut = ask(one, "many A");
    assertTrue(cut.startsWith("NOERROR tc 172.18.0."), cut);
    assertEquals(41, ask(one, "many A tcp").split(" ").length);
    assertEquals(41, ask(one, "many A edns=4096").split(" ").length);
    assertTrue(ask(one, "many A edns=1").startsWith("NOERROR tc"), "512 at least");
  }

  @Test
  void nonsenseIsAnsweredAndHarmsNobody() {
    Sandbox one = attach(1, "blue");
    assertEquals("FORMERR", ask(one, "x A raw=126700000001000000000000c00c00010001"));
    assertEquals("FORMERR", ask(one, "x A tcp raw=126700000001000000000000c00c00010001"));
    assertEquals("NOTIMP", ask(one, "x A raw=12672800000100000000000001610000060001"));
    assertEquals("NOERROR 172.18.0.2", ask(one, "c1 A"));
  }

  @Test
  void garbageIsNotAnsweredAndHarmsNobody() {
    Sandbox one = attach(1, "blue");
    String shout =
        "python3 -c 'import os, socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
            + " [s.sendto(os.urandom(i % 90), (\"127.0.0.11\", 53)) for i in range(2000)]'";
    assertEquals(0, host.in(one, shout).status());
    assertEquals("NOERROR 172.18.0.2", ask(one, "c1 A"));
  }

  @Test
  void port53StaysFreeForTheContainer() {
    Sandbox one = attach(1, "blue");
    host.background(
        host.machines()
            .startIn(
                one.namespacePath().orElseThrow(),
                "exec python3 " + script("answer.py") + " 0.0.0.0 serve"));
    TestHost.await(() -> host.in(one, "ss -Hlnu 'sport = :53'").output().contains(":53"));
    assertEquals("NOERROR 198.51.100.7", ask(one, "c1 A server=127.0.0.1"));
    assertEquals("NOERROR 172.18.0.2", ask(one, "c1 A"));
  }

  @Test
  void theServerComesBackWithTheEngineWhereTheRulesLead() {
    Sandbox one = attach(1, "blue");
    attach(2, "blue", "db");
    String rules = host.in(one, "iptables-save -t nat | grep JDOCKER").output();
    host.stop();
    assertNotEquals(0, host.in(one, "timeout 2 busybox nslookup c2 127.0.0.11").status());
    host.start(
        NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1), TestHost.id(2)));
    assertEquals("NOERROR 172.18.0.3", ask(one, "db A"));
    assertEquals("NOERROR 172.18.0.3", ask(one, "c2 A tcp"));
    assertEquals(rules, host.in(one, "iptables-save -t nat | grep JDOCKER").output());
  }

  @Test
  void aPortThatTheContainerTookMeanwhileIsGivenUp() {
    Sandbox one = attach(1, "blue");
    host.in(one, "iptables -t nat -A OUTPUT -d 192.0.2.99 -j ACCEPT");
    String port =
        host.in(one, "ss -Hlnu | sed 's/.*127.0.0.11:\\([0-9]*\\) .*/\\1/'").output().strip();
    host.stop();
    host.background(
        host.machines()
            .startIn(
                one.namespacePath().orElseThrow(),
                "exec python3 -c 'import socket, time;"
                    + " s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
                    + " s.bind((\"0.0.0.0\", "
                    + port
                    + ")); time.sleep(99)'"));
    TestHost.await(() -> host.in(one, "ss -Hlnu").output().contains("0.0.0.0:" + port));
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1)));
    assertEquals("NOERROR 172.18.0.2", ask(one, "c1 A"));
    String rules = host.in(one, "iptables-save -t nat").output();
    assertFalse(rules.contains(":" + port), rules);
    assertTrue(rules.contains("-A OUTPUT -d 192.0.2.99/32 -j ACCEPT"), "the container's own rule");
  }

  @Test
  void theRulesAreDockers() {
    Sandbox one = attach(1, "blue");
    List<String> rules = host.in(one, "iptables-save -t nat | grep ^-A").output().lines().toList();
    assertEquals(
        List.of(
            "-A OUTPUT -d 127.0.0.11/32 -j DOCKER_OUTPUT",
            "-A POSTROUTING -d 127.0.0.11/32 -j DOCKER_POSTROUTING",
            "-A DOCKER_OUTPUT -d 127.0.0.11/32 -p tcp -m tcp --dport 53 -j DNAT --to-destination"
                + " 127.0.0.11:N",
            "-A DOCKER_OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination"
                + " 127.0.0.11:N",
            "-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p tcp -m tcp --sport N -j SNAT --to-source :53",
            "-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p udp -m udp --sport N -j SNAT --to-source"
                + " :53"),
        rules.stream()
            .map(r -> r.replace("JDOCKER_", "DOCKER_").replaceAll("(11:|sport )[0-9]+", "$1N"))
            .toList());
    assertEquals("", host.machines().shell("iptables-save | grep 127.0.0.11").output());
  }

  @Test
  void theTraceAsAShellScriptMakesTheSameRules() {
    Trace trace = Trace.on();
    Sandbox sandbox =
        host.attach(request(77, new NetworkMode.UserNetwork("blue"), List.of()), trace);
    String rules = host.in(sandbox, "iptables-save -t nat | grep ^-A").output();
    StringBuilder script = new StringBuilder("set -e\n");
    trace.entries().forEach(e -> e.shell().ifPresent(s -> script.append(s).append('\n')));
    host.detach(TestHost.id(77));
    assertEquals("", host.machines().shell(script.toString()).output());
    assertEquals(
        rules, host.machines().shell("ip netns exec c77 iptables-save -t nat | grep ^-A").output());
    String veth = sandbox.endpoints().get(0).hostLink();
    host.machines().shell("ip link del " + veth + "; ip netns del c77");
  }
}
