package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state file that cannot be read costs what it described, and nobody else anything. */
class DamagedStateIT {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private Path damage(String kind, String id) {
    Path file = root.resolve("network").resolve(kind).resolve(id + ".json");
    try {
      Files.writeString(file, "{ \"sandbox\": ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A restart of the engine; the messages of what it could not repair. */
  private List<String> restart(String... live) {
    host.stop();
    return host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(live)).stream()
        .map(SystemFailure::getMessage)
        .toList();
  }

  private Sandbox onNetwork(int number, String network, PortMapping... ports) {
    return host.attach(
        SandboxRequest.of(TestHost.id(number), "d" + number, new NetworkMode.UserNetwork(network))
            .withPorts(List.of(ports)));
  }

  @Test
  void aLostSandboxIsCutOffAndItsAddressPortAndRulesAreFreeAgain() {
    Sandbox lost = host.attachBridge(1, PortMapping.of(8001, Port.tcp(80)));
    Sandbox other = host.attachBridge(2, PortMapping.of(8002, Port.tcp(80)));
    Path file = damage("sandboxes", TestHost.id(1));

    List<String> problems = restart(TestHost.id(1), TestHost.id(2));

    assertEquals(
        List.of(
            "container "
                + TestHost.id(1)
                + " is without network, as its state file was damaged: restart it"),
        problems);
    assertTrue(Files.exists(file.resolveSibling(file.getFileName() + ".damaged")));
    assertEquals(Optional.empty(), host.with(n -> n.find(TestHost.id(1))));
    String link = lost.endpoints().get(0).hostLink();
    assertNotEquals(0, host.machines().shell("ip link show " + link).status());
    String rules = host.machines().shell("iptables-save").output();
    assertFalse(rules.contains("8001"), rules);
    assertTrue(rules.contains("8002"), rules);
    assertEquals(0, host.in(other, "busybox ping -c1 -w5 172.17.0.1").status());

    Sandbox next = host.attachBridge(1, PortMapping.of(8001, Port.tcp(80)));
    assertEquals(lost.endpoints().get(0).address(), next.endpoints().get(0).address());
  }

  @Test
  void containersAreTakenOffALostNetworkAndKeepTheirOthers() {
    Network red = host.with(n -> n.create(NetworkSpec.bridge("red")));
    host.with(n -> n.create(NetworkSpec.bridge("zebra")));
    onNetwork(1, "red", PortMapping.of(8001, Port.tcp(80)));
    host.with(n -> n.connect(TestHost.id(1), "zebra", EndpointSpec.on("zebra")));
    onNetwork(2, "red");
    damage("networks", red.id());

    List<String> problems = restart(TestHost.id(1));

    assertEquals(2, problems.size(), problems.toString());
    assertTrue(
        problems.stream().allMatch(p -> p.contains("is taken off network red")),
        problems.toString());
    Sandbox kept = host.with(n -> n.find(TestHost.id(1))).orElseThrow();
    assertEquals(List.of("zebra"), kept.endpoints().stream().map(Endpoint::networkName).toList());
    assertEquals(List.of(), kept.bindings());
    assertEquals(Optional.empty(), host.with(n -> n.find(TestHost.id(2))), "it did not run");
    assertNotEquals(0, host.machines().shell("ip link show " + red.bridge()).status());
    assertFalse(host.machines().shell("iptables-save").output().contains(red.bridge()));

    host.with(n -> n.create(NetworkSpec.bridge("red")));
    host.with(n -> n.connect(TestHost.id(1), "red", EndpointSpec.on("red")));
    host.detach(TestHost.id(1));
  }

  @Test
  void thePredefinedNetworksComeBackUnderTheIdThatContainersKnow() {
    Sandbox bridged = host.attachBridge(1, PortMapping.of(8001, Port.tcp(80)));
    Sandbox lonely = host.attach(SandboxRequest.of(TestHost.id(2), "d2", new NetworkMode.None()));
    List.of(bridged, lonely).forEach(s -> damage("networks", s.endpoints().get(0).networkId()));

    assertEquals(List.of(), restart(TestHost.id(1), TestHost.id(2)));

    assertEquals(
        bridged.endpoints().get(0).networkId(), host.with(n -> n.get(Network.DEFAULT)).id());
    assertEquals(lonely.endpoints().get(0).networkId(), host.with(n -> n.get(Network.NONE)).id());
    host.servePeer(bridged, 80);
    assertEquals(0, host.machines().shell("curl -s -m 4 http://127.0.0.1:8001/").status());
  }

  @Test
  void everyFileDamagedStillOpensAndLeavesNothing() {
    Network red = host.with(n -> n.create(NetworkSpec.bridge("red")));
    onNetwork(1, "red", PortMapping.of(8001, Port.udp(53)));
    host.attachBridge(2, PortMapping.of(8002, Port.tcp(80)));
    host.with(Networks::list).forEach(n -> damage("networks", n.id()));
    List.of(1, 2).forEach(n -> damage("sandboxes", TestHost.id(n)));

    assertEquals(2, restart().size());

    assertEquals(
        List.of("bridge", "host", "none"),
        host.with(Networks::list).stream().map(Network::name).toList());
    assertNotEquals(0, host.machines().shell("ip link show " + red.bridge()).status());
    host.forget(TestHost.id(1));
    host.forget(TestHost.id(2));
  }
}
