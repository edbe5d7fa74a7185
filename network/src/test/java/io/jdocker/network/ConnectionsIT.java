package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.driver.NullDriver;
import io.jdocker.network.firewall.FirewallOnPaper;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.ports.StaleFlows;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that a running container is put on and taken off, and what a failure leaves. */
class ConnectionsIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String ID = "0123456789abcdef";
  private static final Network BRIDGE = NetworkBuilder.bridge("bridge", "172.17.0.0/16");
  private static final Network BLUE = NetworkBuilder.bridge("blue", "10.1.0.0/24");
  private static final Network DEEP =
      NetworkBuilder.network("deep").subnet("10.3.0.0/24").internal().build();
  private static final Network NONE = NetworkBuilder.network("none").driver("null").build();

  @TempDir private Path folder;
  private final FakeDriver driver = FakeDriver.bridge();
  private final FirewallOnPaper paper = new FirewallOnPaper();
  private Rtnetlink host;
  private NetworkCatalog catalog;
  private Namespaces namespaces;
  private NameService names;
  private StateFolder<SandboxState> files;
  private SandboxBuilder builder;
  private Connections connections;

  @BeforeEach
  void open() {
    catalog = new NetworkCatalog(new StateFolder<>(folder.resolve("networks"), Network.class));
    List.of(BRIDGE, BLUE, DEEP, NONE).forEach(catalog::put);
    host = Rtnetlink.open(KERNEL);
    namespaces = new Namespaces(KERNEL, folder.resolve("pins"), folder.resolve("names"), 0);
    NameFiles nameFiles = new NameFiles();
    names =
        new NameService(KERNEL, catalog, new NameRedirect(KERNEL, "/nowhere"), nameFiles, 40000);
    Drivers drivers = new Drivers(List.of(driver, new NullDriver("null")));
    builder =
        new SandboxBuilder(
            catalog,
            drivers,
            new PublishedPorts(catalog, drivers, paper.firewalls(), new StaleFlows(KERNEL, host)),
            namespaces,
            new LinkReaper(KERNEL),
            names);
    files = new StateFolder<>(folder.resolve("sandboxes"), SandboxState.class);
    connections =
        new Connections(
            files,
            catalog,
            drivers,
            new SandboxPlanner(catalog, drivers, new Ids()),
            builder,
            new Neighbours(new ConcurrentHashMap<>(), catalog, paper.firewall(), nameFiles),
            names);
  }

  @AfterEach
  void nothingStays() throws IOException {
    namespaces.list().forEach(namespaces::remove);
    namespaces.close();
    names.close();
    host.close();
    assertFalse(Files.readString(Path.of("/proc/self/mountinfo")).contains(folder.toString()));
  }

  private static StateBuilder container() {
    return StateBuilder.container(ID, "web");
  }

  /** A container that runs with that state; its addresses are taken. */
  private LiveSandbox run(SandboxState state) {
    for (Endpoint endpoint : state.sandbox().endpoints()) {
      catalog
          .pool(endpoint.networkId())
          .allocate(endpoint.address().map(Cidr::address).orElseThrow());
    }
    try (Undo undo = new Undo()) {
      builder.build(state, undo, Trace.off());
      undo.commit();
    }
    files.write(ID, state);
    driver.calls();
    return new LiveSandbox(state);
  }

  private Ipv4 nextOf(Network network) {
    Ipv4 next = catalog.pool(network.id()).allocate();
    catalog.pool(network.id()).release(next);
    return next;
  }

  private List<String> stored() {
    return files.load().objects().get(0).sandbox().endpoints().stream()
        .map(e -> e.networkName() + (e.defaultRoute() ? " routes" : ""))
        .toList();
  }

  @Test
  void aFurtherNetworkGetsTheNextLinkAndLeavesTheRouteWhereItIs() {
    LiveSandbox live = run(container().on(BRIDGE, "172.17.0.2").build());
    Endpoint endpoint = connections.connect(live, BLUE, EndpointSpec.on("blue"));
    assertEquals("eth1", endpoint.link());
    assertEquals("10.1.0.2/24", endpoint.address().orElseThrow().toString());
    assertEquals(List.of("ensure blue", "join blue", "ready blue"), driver.calls());
    assertEquals(List.of("bridge routes", "blue"), stored());
  }

  @Test
  void theFirstNetworkWithAWayOutTakesTheRoute() {
    LiveSandbox live = run(container().mode("deep").on(DEEP, "10.3.0.2").build());
    assertTrue(connections.connect(live, BLUE, EndpointSpec.on("blue")).defaultRoute());
    assertEquals(List.of("deep", "blue routes"), stored());
  }

  @Test
  void anInternalNetworkNeverDoes() {
    LiveSandbox live = run(container().mode("none").build());
    live.state(container().build());
    assertFalse(connections.connect(live, DEEP, EndpointSpec.on("deep")).defaultRoute());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ensure blue", "join blue", "ready blue"})
  void aConnectThatFailsLeavesEverythingAsItWas(String step) {
    SandboxState before = container().on(BRIDGE, "172.17.0.2").build();
    LiveSandbox live = run(before);
    driver.fail(step);
    assertThrows(
        SystemFailure.class, () -> connections.connect(live, BLUE, EndpointSpec.on("blue")));
    assertEquals(List.of(before), files.load().objects());
    assertEquals(before, live.state().orElseThrow());
    assertEquals("10.1.0.2", nextOf(BLUE).toString(), "the address is free again");
    assertEquals(!step.startsWith("ensure"), driver.calls().contains("leave blue"));

    driver.fail("");
    connections.connect(live, BLUE, EndpointSpec.on("blue"));
    assertEquals(List.of("bridge routes", "blue"), stored());
  }

  @Test
  void anAddressOfAnotherSubnetChangesNothing() {
    LiveSandbox live = run(container().on(BRIDGE, "172.17.0.2").build());
    EndpointSpec wrong =
        new EndpointSpec("blue", Ipv4.parse("10.9.0.9"), Optional.empty(), List.of(), 0);
    assertThrows(InvalidArgument.class, () -> connections.connect(live, BLUE, wrong));
    assertEquals(List.of(), driver.calls());
    assertEquals(List.of("bridge routes"), stored());
  }

  @Test
  void aNetworkIsConnectedOnce() {
    LiveSandbox live = run(container().on(BLUE, "10.1.0.2").build());
    assertEquals(
        "endpoint with name web already exists in network blue",
        assertThrows(
                Forbidden.class, () -> connections.connect(live, BLUE, EndpointSpec.on("blue")))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "host", "container:c9", "network none"})
  void someContainersStayWhereTheyAre(String mode) {
    SandboxState state =
        switch (mode) {
          case "none" -> container().mode("none").build();
          case "network none" -> container().build();
          default -> container().mode(mode).shared(mode.equals("host")).build();
        };
    Network network = mode.equals("network none") ? NONE : BLUE;
    String told =
        assertThrows(
                Forbidden.class,
                () ->
                    connections.connect(
                        new LiveSandbox(state), network, EndpointSpec.on(network.name())))
            .getMessage();
    String expected =
        mode.equals("none")
            ? "container cannot be connected to multiple networks"
            : "container sharing network namespace with another container or host";
    assertTrue(told.startsWith(expected), told);
  }

  @Test
  void aContainerThatIsGoneIsNotRunning() {
    LiveSandbox live = new LiveSandbox(container().on(BLUE, "10.1.0.2").build());
    live.markGone();
    assertThrows(
        Conflict.class, () -> connections.connect(live, BRIDGE, EndpointSpec.on("bridge")));
    assertThrows(Conflict.class, () -> connections.disconnect(live, BLUE));
  }

  @Test
  void aNetworkWithoutTheRouteGoesAndThePortsStay() {
    LiveSandbox live =
        run(
            container()
                .on(BRIDGE, "172.17.0.2")
                .on(BLUE, "10.1.0.2")
                .publish(8080, Port.tcp(80))
                .build());
    connections.disconnect(live, BLUE);
    assertEquals(List.of("leave blue"), driver.calls());
    assertEquals(List.of("bridge routes"), stored());
    assertEquals(1, paper.rulesWith("DNAT --to-destination").size());
    assertEquals("10.1.0.2", nextOf(BLUE).toString());
  }

  @Test
  void publishedPortsGoWithTheNetworkOfTheRoute() {
    LiveSandbox live =
        run(
            container()
                .on(BRIDGE, "172.17.0.2")
                .on(DEEP, "10.3.0.2")
                .publish(8080, Port.tcp(80))
                .build());
    connections.disconnect(live, BRIDGE);
    assertEquals(List.of(), paper.rulesWith("DNAT --to-destination"));
    assertEquals(List.of(), live.state().orElseThrow().sandbox().bindings());
    assertEquals(List.of("deep"), stored(), "an internal network does not inherit the route");
  }

  @Test
  void whatIsNotConnectedCannotBeDisconnected() {
    LiveSandbox live = run(container().on(BRIDGE, "172.17.0.2").build());
    assertEquals(
        "container " + ID + " is not connected to network blue",
        assertThrows(Forbidden.class, () -> connections.disconnect(live, BLUE)).getMessage());
    LiveSandbox shared = new LiveSandbox(container().mode("host").shared(true).build());
    assertEquals(
        "container cannot be disconnected from host network",
        assertThrows(Forbidden.class, () -> connections.disconnect(shared, BLUE)).getMessage());
  }

  @Test
  void aNetworkThatIsKnownNoMoreIsAbandonedWithItsPorts() {
    LiveSandbox live =
        run(
            container()
                .on(BRIDGE, "172.17.0.2")
                .on(BLUE, "10.1.0.2")
                .publish(8080, Port.tcp(80))
                .build());
    Sandbox sandbox = live.state().orElseThrow().sandbox();
    connections.abandon(live, sandbox.endpoints().get(1));
    assertEquals(1, live.state().orElseThrow().sandbox().bindings().size());
    connections.abandon(live, sandbox.endpoints().get(0));
    assertEquals(List.of(), live.state().orElseThrow().sandbox().bindings());
    assertEquals(List.of(), stored());
    assertEquals(List.of(), driver.calls(), "no driver knows such a network");
  }
}
