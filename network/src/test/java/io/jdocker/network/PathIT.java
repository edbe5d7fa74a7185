package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.network.path.Outcome.Kind;
import io.jdocker.network.path.Question;
import io.jdocker.network.path.Way;
import io.jdocker.network.path.WayText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code network path} foretells is what a real connection then meets. Each row is a question;
 * a world is what somebody did to the host before it.
 */
class PathIT {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private static Path root;
  private static TestHost host;
  private static Sandbox web;
  private static Sandbox db;
  private static Sandbox other;
  private static Sandbox mute;
  private static Sandbox lan;

  @BeforeAll
  static void open() {
    host = new TestHost(KERNEL, root);
    host.machines().shell("ip route add default via 203.0.113.2");
    host.with(n -> n.create(NetworkSpec.bridge("apart")));
    web =
        host.attachBridge(
            1,
            PortMapping.of(8080, Port.tcp(80)),
            PortMapping.of(5353, Port.udp(53)),
            PortMapping.of(8099, Port.tcp(99)));
    db = host.attachBridge(2);
    host.servePeer(web, 80);
    host.serve(web, () -> TestServer.udpEcho(53));
    host.servePeer(db, 80);
    other = host.attach(on(3, "c3", "apart"));
    host.servePeer(other, 80);
    host.with(n -> n.create(strict()));
    mute = host.attach(on(4, "c4", "strict"));
    host.attach(on(5, "c5", "strict"));
    host.with(n -> n.create(macvlan()));
    lan = host.attach(on(6, "c6", "lan"));
    host.serveRemote(() -> TestServer.tcp(80, TestServer::tellPeer));
  }

  private static SandboxRequest on(int number, String name, String network) {
    return SandboxRequest.of(TestHost.id(number), name, new NetworkMode.UserNetwork(network));
  }

  /** On the wire between the host and the remote machine. */
  private static NetworkSpec macvlan() {
    return new NetworkSpec(
        "lan",
        "macvlan",
        Optional.of("203.0.113.0/24"),
        Optional.of("203.0.113.64/26"),
        Optional.of("203.0.113.254"),
        Map.of(),
        false,
        false,
        false,
        Map.of("parent", "jt0"),
        Map.of());
  }

  /** Internal, and its containers may not talk to each other. */
  private static NetworkSpec strict() {
    NetworkSpec plain = NetworkSpec.bridge("strict");
    return new NetworkSpec(
        plain.name(),
        plain.driver(),
        plain.subnet(),
        plain.range(),
        plain.gateway(),
        plain.reserved(),
        true,
        plain.attachable(),
        plain.ipv6(),
        Map.of("com.docker.network.bridge.enable_icc", "false"),
        plain.labels());
  }

  @AfterAll
  static void close() {
    host.machines().shell("ip route del default");
    host.close();
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource({
    // port mapping
    "203.0.113.2, 203.0.113.1:8080, ANSWERED",
    "203.0.113.2, 203.0.113.1:8081, REFUSED",
    "203.0.113.2, 203.0.113.1:8099, REFUSED",
    "203.0.113.2, 172.17.0.2:80, DROPPED",
    "203.0.113.2, 203.0.113.1, ANSWERED",
    "host, 127.0.0.1:8080, ANSWERED",
    "host, 203.0.113.1:8080, ANSWERED",
    "host, c1:80, ANSWERED",
    "host, c1:81, REFUSED",
    "host, c1, ANSWERED",
    // between containers
    "c1, c2:80, ANSWERED",
    "c1, c2:81, REFUSED",
    "c2, c1, ANSWERED",
    "c2, 203.0.113.1:8080, ANSWERED",
    "c1, 203.0.113.1:8080, ANSWERED",
    "c1, 127.0.0.1:80, ANSWERED",
    "c1, host, ANSWERED",
    "c1, 172.17.0.99, DROPPED",
    // between networks
    "c1, c3:80, DROPPED",
    "c3, c1:80, DROPPED",
    "c3, 203.0.113.1:8080, ANSWERED",
    "host, c3:80, ANSWERED",
    // an internal network whose containers are kept apart
    "c4, c5, DROPPED",
    "c4, 203.0.113.2:80, REJECTED",
    "c4, host, ANSWERED",
    // out of the house, and macvlan
    "c1, 203.0.113.2:80, LEAVES",
    "host, 203.0.113.2, LEAVES",
    "c6, 203.0.113.2:80, LEAVES",
    "c6, 203.0.113.1, DROPPED",
    "host, c6, DROPPED",
    "203.0.113.2, c6, ANSWERED",
    "203.0.113.2, c6:77, REFUSED",
  })
  void withNothingInTheWay(String from, String to, Kind expected) {
    check(from, to, expected);
  }

  /** A world: what is done to the host, a question, what comes of it, and how it is undone. */
  @ParameterizedTest(name = "{0}: {1} to {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "iptables -I JDOCKER-USER -s 203.0.113.2 -j DROP"
            + "|203.0.113.2|203.0.113.1:8080|DROPPED|iptables -F JDOCKER-USER",
        "iptables -I JDOCKER-USER -p tcp -m multiport --dports 79:80 -j REJECT"
            + "|203.0.113.2|203.0.113.1:8080|REJECTED|iptables -F JDOCKER-USER",
        "iptables -I JDOCKER-USER -p tcp --dport 81 -j REJECT"
            + "|203.0.113.2|203.0.113.1:8080|ANSWERED|iptables -F JDOCKER-USER",
        "iptables -I JDOCKER-USER ! -s 203.0.113.0/24 -i jt0 -j DROP"
            + "|203.0.113.2|203.0.113.1:8080|ANSWERED|iptables -F JDOCKER-USER",
        "iptables -I JDOCKER-USER -m conntrack --ctstate NEW -o jdocker0 -j DROP"
            + "|c3|203.0.113.1:8080|DROPPED|iptables -F JDOCKER-USER",
        "iptables -I INPUT -p tcp --dport 8080 -j DROP"
            + "|203.0.113.2|203.0.113.1:8080|ANSWERED|iptables -F INPUT",
        "iptables -I INPUT -i jdocker0 -p icmp -j DROP|c1|host|DROPPED|iptables -F INPUT",
        "iptables -A OUTPUT -d 172.17.0.2 -j REJECT|host|c1:80|REJECTED|iptables -F OUTPUT",
        "iptables -P FORWARD DROP|203.0.113.2|203.0.113.1:8080|ANSWERED|iptables -P FORWARD ACCEPT",
        "iptables -P FORWARD DROP|c1|c2:80|ANSWERED|iptables -P FORWARD ACCEPT",
        "iptables -t mangle -A PREROUTING -s 203.0.113.2 -j MARK --set-mark 7;"
            + "iptables -I JDOCKER-USER -m mark --mark 7 -j REJECT"
            + "|203.0.113.2|203.0.113.1:8080|REJECTED"
            + "|iptables -t mangle -F; iptables -F JDOCKER-USER",
        "iptables -t nat -I PREROUTING -p tcp --dport 90 -j REDIRECT --to-ports 91"
            + "|203.0.113.2|203.0.113.1:90|REFUSED"
            + "|iptables -t nat -D PREROUTING -p tcp --dport 90 -j REDIRECT --to-ports 91",
        "sysctl -qw net.ipv4.ip_forward=0|203.0.113.2|203.0.113.1:8080|DROPPED"
            + "|sysctl -qw net.ipv4.ip_forward=1",
        "sysctl -qw net.ipv4.ip_forward=0|c1|c2:80|ANSWERED|sysctl -qw net.ipv4.ip_forward=1",
        "sysctl -qw net.ipv4.conf.jdocker0.rp_filter=1; WEB ip addr add 10.5.5.5/32 dev eth0"
            + "|10.5.5.5|203.0.113.1|DROPPED"
            + "|WEB ip addr del 10.5.5.5/32 dev eth0",
        "ip route add blackhole 172.17.0.2|host|c1:80|REJECTED|ip route del blackhole 172.17.0.2",
      })
  void withSomethingInTheWay(String world, String from, String to, Kind expected, String undo) {
    run(world);
    try {
      check(from, to, expected);
    } finally {
      run(undo);
    }
  }

  /** On the host; a command that begins with WEB in the namespace of c1. */
  private static void run(String commands) {
    String inside = "nsenter --net=" + web.namespacePath().orElseThrow() + " ";
    host.machines().shell(commands.replace("WEB ", inside));
  }

  @Test
  void theSourceThatThePacketLeavesWithIsTheOneThatTheServerSees() {
    Way way = host.with(n -> n.sight().path(Question.of("c1", "203.0.113.2:80")));
    String peer = host.in(web, "curl -s -m 30 http://203.0.113.2/").output();
    assertEquals(
        "it leaves by jt0 as " + peer + ":40000 -> 203.0.113.2:80/tcp", way.outcome().why());
  }

  @Test
  void aRuleThatIsNotUnderstoodIsNamedAndNotGuessedAt() {
    String rule = "-m statistic --mode random --probability 0.5 -j DROP";
    host.machines().shell("iptables -I JDOCKER-USER " + rule);
    try {
      Way way = host.with(n -> n.sight().path(Question.of("203.0.113.2", "203.0.113.1:8080")));
      assertEquals(Kind.UNKNOWN, way.outcome().kind(), WayText.of(way));
      assertTrue(way.outcome().why().contains("JDOCKER-USER: -m statistic"), WayText.of(way));
    } finally {
      host.machines().shell("iptables -F JDOCKER-USER");
    }
  }

  @Test
  void whoIsNotThereIsSaid() {
    for (String name : List.of("nobody", "203.0.113.999")) {
      assertThrows(
          NotFound.class, () -> host.with(n -> n.sight().path(Question.of("host", name + ":80"))));
    }
  }

  private static void check(String from, String to, Kind expected) {
    Way way = host.with(n -> n.sight().path(Question.of(from, to)));
    assertEquals(expected, way.outcome().kind(), WayText.of(way));
    assertEquals(real(from, to, way.outcome().kind()), seen(expected), WayText.of(way));
  }

  /** What a sender notices: an answer, a refusal at once, or nothing. */
  private static String seen(Kind kind) {
    return switch (kind) {
      case ANSWERED, LEAVES -> "answer"; // the remote machine answers whatever reaches it
      case REFUSED, REJECTED -> "refusal";
      default -> "silence";
    };
  }

  private static String interfaceOf(String from, String flag) {
    return from.startsWith("10.") ? " " + flag + " " + from : "";
  }

  private static String address(Sandbox sandbox) {
    return sandbox.endpoints().get(0).address().orElseThrow().address().toString();
  }

  /** What is to be silent is waited for in vain a second; all else has time on a busy machine. */
  private static String real(String from, String to, Kind expected) {
    int patience = expected == Kind.DROPPED ? 1 : 30;
    Question question = Question.of(from, to);
    String address =
        switch (question.to()) {
          case "c1" -> "172.17.0.2";
          case "c2" -> "172.17.0.3";
          case "c3" -> address(other);
          case "c5" -> "172.19.0.3";
          case "c6" -> address(lan);
          case "host" -> from.equals("c4") ? "172.19.0.1" : "172.17.0.1";
          default -> question.to();
        };
    String command =
        question.port() == 0
            ? "busybox ping -c 1 -W " + patience + interfaceOf(from, "-I") + " " + address
            : "curl -s -m " + patience + " http://" + address + ":" + question.port() + "/";
    Outcome outcome =
        switch (from) {
          case "host" -> host.machines().shell(command);
          case "c1", "10.5.5.5" -> host.in(web, command);
          case "c2" -> host.in(db, command);
          case "c3" -> host.in(other, command);
          case "c4" -> host.in(mute, command);
          case "c6" -> host.in(lan, command);
          default -> host.machines().remoteShell(command);
        };
    return switch (outcome.status()) {
      case 0 -> "answer";
      case 7 -> "refusal";
      default -> "silence";
    };
  }
}
