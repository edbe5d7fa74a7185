package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.doctor.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults made on a host of their own, found, mended, and found no more. */
class DoctorIT {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path root;
  private TestHost host;
  private Sandbox web;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
    web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.attachBridge(2);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private List<Finding> findings(Integer... ports) {
    return host.with(n -> n.sight().diagnose(Set.of(ports))).stream()
        .filter(f -> !f.id().equals("dns-loop")) // what the machine at hand has in resolv.conf
        .toList();
  }

  private List<String> found(Integer... ports) {
    return findings(ports).stream().map(Finding::id).toList();
  }

  @Test
  void aHealthyHostHasNone() {
    host.attach(SandboxRequest.of(TestHost.id(3), "own", new NetworkMode.Host()));
    host.attach(SandboxRequest.of(TestHost.id(4), "alone", new NetworkMode.None()));
    host.attach(
        SandboxRequest.of(TestHost.id(5), "guest", new NetworkMode.Container(web.containerId())));
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
    host.attach(SandboxRequest.of(TestHost.id(6), "b", new NetworkMode.UserNetwork("blue")));
    host.machines().shell("ip link add br-lab type bridge; ip route add default via 203.0.113.2");
    assertEquals(List.of(), findings(9999));
    host.machines().shell("ip link del br-lab; ip route del default");
  }

  /** A fault by hand, what is found, and how it is mended by hand. */
  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sysctl -qw net.ipv4.ip_forward=0|ip-forward-off|sysctl -qw net.ipv4.ip_forward=1",
        "iptables -I JDOCKER -d 172.17.0.9 -j ACCEPT|rule-stale|iptables -D JDOCKER 1",
        "ip link add br-lab type bridge; iptables -P FORWARD DROP|bridge-nf-drop"
            + "|iptables -P FORWARD ACCEPT; ip link del br-lab",
        "ip link add veth0123456 type veth peer name x0; ip link set veth0123456 master jdocker0"
            + "|veth-stale|ip link del veth0123456",
        "ip link set jt0 mtu 1400; ip route add default via 203.0.113.2|mtu-mismatch"
            + "|ip route del default; ip link set jt0 mtu 1500",
        "WEB ip link set eth0 mtu 1300|mtu-mismatch|WEB ip link set eth0 mtu 1500",
        "ip route add 172.17.128.0/20 dev jt0|subnet-overlap|ip route del 172.17.128.0/20",
        "ip route add 172.16.0.0/12 dev jt0|subnet-overlap|ip route del 172.16.0.0/12",
      })
  void aFaultIsFoundWhileItIsThere(String fault, String id, String cure) {
    run(fault);
    List<Finding> sick = findings();
    run(cure);
    assertEquals(List.of(id), sick.stream().map(Finding::id).toList(), sick.toString());
    assertEquals(List.of(), findings());
  }

  /** On the host; a command that begins with WEB in the namespace of c1. */
  private void run(String commands) {
    String inside = "nsenter --net=" + web.namespacePath().orElseThrow() + " ";
    host.machines().shell(commands.replace("WEB ", inside));
  }

  @Test
  void flushedRulesAreMissedAndReloadBringsThemBack() {
    host.machines().shell("iptables -t nat -F JDOCKER");
    assertEquals(List.of("rule-missing"), found());
    host.machines().shell("iptables -F; iptables -X; iptables -t nat -F; iptables -P FORWARD DROP");
    assertEquals(List.of("rule-missing", "forward-drop"), found());
    host.with(
        n -> {
          n.reload();
          return true;
        });
    assertEquals(List.of(), found());
    host.machines().shell("iptables -P FORWARD ACCEPT");
  }

  @Test
  void aContainerThatLostItsLinkIsNamed() {
    host.machines().shell("ip link del " + web.endpoints().get(0).hostLink());
    List<Finding> findings = findings();
    assertEquals(List.of("link-lost"), findings.stream().map(Finding::id).toList());
    assertEquals("jdocker restart c1", findings.get(0).advice());
  }

  /** On a host of its own: iptables-legacy leaves its tables behind, empty or not. */
  @Test
  void rulesByBothVariantsOfIptablesAreFound() {
    NetworkOptions options = NetworkOptions.of(root.resolve("legacy")).withSpareNamespaces(0);
    try (HostNamespaces machines = HostNamespaces.create(KERNEL)) {
      Networks networks = machines.run(() -> Networks.open(options, KERNEL));
      SandboxRequest request =
          SandboxRequest.of(TestHost.id(9), "legacy", new NetworkMode.Bridge());
      machines.run(() -> networks.attach(request, Trace.off()));
      machines.shell("iptables-legacy -A INPUT -s 192.0.2.7 -j DROP");
      List<Finding> sick = machines.run(() -> networks.sight().diagnose(Set.of()));
      machines.shell("iptables-legacy -F INPUT");
      List<Finding> healthy = machines.run(() -> networks.sight().diagnose(Set.of()));
      machines.run(() -> networks.detach(TestHost.id(9), Trace.off()));
      machines.run(networks::close);
      assertTrue(sick.stream().anyMatch(f -> f.id().equals("iptables-mixed")), sick.toString());
      assertTrue(healthy.stream().noneMatch(f -> f.id().equals("iptables-mixed")));
    }
  }

  @Test
  void whoHasAPortIsTold() {
    host.background(host.machines().startHost("exec busybox nc -l -p 7070"));
    TestHost.await(() -> !findings(7070).isEmpty());
    Finding finding = findings(7070).get(0);
    assertEquals("port-taken", finding.id());
    assertTrue(
        finding.what().matches("port 7070/tcp belongs to process \\d+ \\((busybox|nc)\\)"),
        finding.what());
    assertEquals(List.of(), found(7071));
  }

  @Test
  void containersThatAreToBeKeptApartNeedTheBridgesSetting() {
    NetworkSpec plain = NetworkSpec.bridge("strict");
    host.with(
        n ->
            n.create(
                RuleReloadIT.with(plain, Map.of("com.docker.network.bridge.enable_icc", "false"))));
    host.attach(SandboxRequest.of(TestHost.id(3), "c3", new NetworkMode.UserNetwork("strict")));
    assertEquals(List.of(), found());
    host.machines().hostSetting("net/bridge/bridge-nf-call-iptables", "0");
    assertEquals(List.of("bridge-nf-off"), found());
    host.machines().hostSetting("net/bridge/bridge-nf-call-iptables", "1");
  }
}
