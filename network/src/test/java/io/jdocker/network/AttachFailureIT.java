package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start fails at each of its steps in turn: the error names what is in the way, nothing stays
 * behind, and once that is out of the way the same start succeeds.
 */
@DisplayName("network.md row 52: a start that fails leaves nothing")
class AttachFailureIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String SHORT = TestHost.id(1).substring(0, 12);

  @TempDir private Path root;
  private TestHost host;
  private LeakCheck before;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
    host.with(n -> n.create(NetworkSpec.bridge("red")));
    host.attachBridge(9, PortMapping.of(9000, Port.tcp(80))); // a neighbour that must not suffer
    before = LeakCheck.take(host.machines(), root, "");
  }

  @AfterEach
  void close() {
    host.close();
  }

  private NamesSpec names() {
    return NamesSpec.of(root.resolve("names"), "box");
  }

  /** A container with everything: two networks, ports, name files, a name server. */
  private SandboxRequest request(Ipv4 address) {
    return new SandboxRequest(
        TestHost.id(1),
        "full",
        new NetworkMode.UserNetwork("blue"),
        List.of(
            EndpointSpec.on("blue"),
            new EndpointSpec("red", Optional.of(address), Optional.empty(), List.of(), 0)),
        List.of(PortMapping.of(8001, Port.tcp(80)), PortMapping.of(8002, Port.tcp(81))),
        false,
        Set.of(),
        List.of(),
        Optional.of(names()));
  }

  private void failsAndLeavesNothing(String inTheWay) {
    EngineException failure =
        assertThrows(EngineException.class, () -> host.attach(request(Ipv4.of("172.19.0.50"))));
    assertTrue(failure.getMessage().contains(inTheWay), failure.getMessage());
    assertEquals(before.found(), LeakCheck.take(host.machines(), root, "").found());
    assertEquals(Optional.empty(), host.with(n -> n.find(TestHost.id(1))));
    assertEquals(List.of(), host.with(n -> n.members("blue")));
    assertEquals(
        "",
        host.machines()
            .shell("ls " + root.resolve("network/sandboxes") + " | grep " + SHORT)
            .output());
  }

  private void succeeds() throws IOException {
    Files.createDirectories(root.resolve("names"));
    Sandbox sandbox = host.attach(request(Ipv4.of("172.19.0.50")));
    assertEquals("172.18.0.2/16", sandbox.endpoints().get(0).address().orElseThrow().toString());
    assertEquals(0, host.in(sandbox, "busybox ping -c1 -w5 172.18.0.1").status());
  }

  @Test
  void thePlanAnAddressIsTaken() throws IOException {
    host.attach(
        new SandboxRequest(
            TestHost.id(2),
            "other",
            new NetworkMode.UserNetwork("red"),
            List.of(
                new EndpointSpec("red", Ipv4.parse("172.19.0.50"), Optional.empty(), List.of(), 0)),
            List.of(),
            false,
            Set.of(),
            List.of(),
            Optional.empty()));
    before = LeakCheck.take(host.machines(), root, "");
    failsAndLeavesNothing("Address already in use: 172.19.0.50");
    host.detach(TestHost.id(2));
    succeeds();
  }

  @Test
  void theSecondPortIsTaken() throws IOException {
    host.attachBridge(2, PortMapping.of(8002, Port.tcp(80)));
    before = LeakCheck.take(host.machines(), root, "");
    failsAndLeavesNothing("Bind for 0.0.0.0:8002 failed: port is already allocated");
    host.detach(TestHost.id(2));
    succeeds();
  }

  @Test
  void theStateCannotBeWritten() throws IOException {
    Path folder = root.resolve("network/sandboxes");
    Path aside = root.resolve("network/aside");
    Files.move(folder, aside);
    Files.createFile(folder); // a file where the folder should be
    EngineException failure =
        assertThrows(EngineException.class, () -> host.attach(request(Ipv4.of("172.19.0.50"))));
    assertTrue(failure.getMessage().contains("sandboxes"), failure.getMessage());
    assertEquals(before.found(), LeakCheck.take(host.machines(), root, "").found());
    Files.delete(folder);
    Files.move(aside, folder);
    succeeds();
  }

  @Test
  void aBridgeIsGoneAndItsNameTaken() throws IOException {
    String bridge = host.with(n -> n.get("red")).bridge();
    host.stop();
    host.machines().shell("ip link del " + bridge + "; ip link add " + bridge + " type veth");
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(9)));
    host.attach(SandboxRequest.of(TestHost.id(3), "c3", new NetworkMode.UserNetwork("blue")));
    host.detach(TestHost.id(3)); // the rules of its other network are there again
    before = LeakCheck.take(host.machines(), root, "");
    failsAndLeavesNothing(bridge);
    host.machines().shell("ip link del " + bridge);
    succeeds();
  }

  @Test
  void theNamespacesPinIsThere() throws IOException {
    Path pin = root.resolve("netns/" + SHORT);
    Files.createFile(pin);
    failsAndLeavesNothing(pin.toString());
    assertTrue(Files.exists(pin), "somebody else's, so it stays");
    Files.delete(pin);
    succeeds();
  }

  @Test
  void theFolderOfTheNameFilesIsMissing() throws IOException {
    failsAndLeavesNothing("names/hosts");
    succeeds();
  }

  @Test
  void aNameFileIsAFolder() throws IOException {
    Files.createDirectories(root.resolve("names/resolv.conf"));
    failsAndLeavesNothing("resolv.conf");
    Files.delete(root.resolve("names/resolv.conf"));
    succeeds();
  }

  @Test
  void connectingFailsHalfWayAndTheContainerGoesOn() throws IOException {
    Files.createDirectories(root.resolve("names"));
    Sandbox sandbox = host.attach(request(Ipv4.of("172.19.0.50")));
    String bridge = host.with(n -> n.create(NetworkSpec.bridge("green"))).bridge();
    String links = host.in(sandbox, "ip -o link | sed 's/state.*//'").output();
    host.in(sandbox, "ip link add eth2 type veth peer name eth9"); // the next free name
    assertThrows(
        EngineException.class,
        () -> host.with(n -> n.connect(TestHost.id(1), "green", EndpointSpec.on("green"))));
    host.in(sandbox, "ip link del eth2");
    assertEquals(links, host.in(sandbox, "ip -o link | sed 's/state.*//'").output());
    assertEquals("", host.machines().shell("ip -o link show master " + bridge).output());
    assertEquals(List.of(), host.with(n -> n.members("green")));
    Endpoint endpoint =
        host.with(n -> n.connect(TestHost.id(1), "green", EndpointSpec.on("green")));
    assertEquals("172.20.0.2/16", endpoint.address().orElseThrow().toString(), "given back");
  }
}
