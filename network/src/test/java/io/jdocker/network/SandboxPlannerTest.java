package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.driver.NullDriver;
import io.jdocker.network.ports.PortMappings;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container gets on the networks it asks for, before anything is done in the kernel. */
class SandboxPlannerTest {
  @TempDir private Path folder;
  private NetworkCatalog catalog;
  private SandboxPlanner planner;

  @BeforeEach
  void open() {
    catalog = new NetworkCatalog(new StateFolder<>(folder, Network.class));
    catalog.put(NetworkBuilder.bridge("bridge", "172.17.0.0/16"));
    catalog.put(NetworkBuilder.network("host").driver("host").build());
    catalog.put(NetworkBuilder.network("none").driver("null").build());
    catalog.put(NetworkBuilder.bridge("blue", "10.1.0.0/24"));
    catalog.put(NetworkBuilder.bridge("red", "10.2.0.0/29"));
    catalog.put(NetworkBuilder.network("deep").subnet("10.3.0.0/24").internal().build());
    catalog.put(NetworkBuilder.network("vlan").driver("macvlan").subnet("10.4.0.0/24").build());
    catalog.put(NetworkBuilder.network("flat").driver("ipvlan").subnet("10.5.0.0/24").build());
    catalog.put(
        NetworkBuilder.network("local")
            .subnet("10.6.0.0/24")
            .option(BridgeOptions.HOST_ADDRESS, "127.0.0.1")
            .build());
    catalog.put(NetworkBuilder.network("bare").driver("ipvlan").build());
    Drivers drivers =
        new Drivers(
            List.of(
                FakeDriver.bridge(),
                FakeDriver.stacked("macvlan", true),
                FakeDriver.stacked("ipvlan", false),
                new NullDriver("host"),
                new NullDriver("null")));
    planner = new SandboxPlanner(catalog, drivers, new Ids());
  }

  private static SandboxRequest request(String mode, EndpointSpec... endpoints) {
    return new SandboxRequest(
        "c1",
        "web",
        NetworkMode.parse(mode),
        List.of(endpoints),
        List.of(),
        false,
        Set.of(),
        List.of(),
        Optional.empty());
  }

  private static EndpointSpec at(String network, String address) {
    return new EndpointSpec(network, Ipv4.parse(address), Optional.empty(), List.of(), 0);
  }

  private static EndpointSpec mac(String network, String mac) {
    return new EndpointSpec(network, Optional.empty(), MacAddress.parse(mac), List.of(), 0);
  }

  private List<Endpoint> plan(SandboxRequest request) {
    try (Undo undo = new Undo()) {
      List<Endpoint> endpoints = planner.endpoints(request, undo);
      undo.commit();
      return endpoints;
    }
  }

  private <E extends EngineException> String refused(Class<E> kind, SandboxRequest request) {
    return assertThrows(kind, () -> plan(request)).getMessage();
  }

  private static String text(Endpoint e) {
    String address = e.address().map(Cidr::toString).orElse("-");
    String gateway = e.gateway().map(Ipv4::toString).orElse("-");
    return String.join(
        " ", e.networkName(), e.link(), address, gateway, e.defaultRoute() ? "route" : "-");
  }

  @ParameterizedTest(name = "--network {0}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "bridge, bridge eth0 172.17.0.2/16 172.17.0.1 route",
        "default, bridge eth0 172.17.0.2/16 172.17.0.1 route",
        "blue, blue eth0 10.1.0.2/24 10.1.0.1 route",
        "redid, red eth0 10.2.0.2/29 10.2.0.1 route", // by id
        "deep, deep eth0 10.3.0.2/24 - -", // internal: no way out
        "vlan, vlan eth0 10.4.0.2/24 10.4.0.1 route",
        "bare, bare eth0 - - -", // no subnet was chosen
        "none, none \" \" - - -",
        "host, host \" \" - - -",
      })
  void oneNetwork(String mode, String expected) {
    List<Endpoint> endpoints = plan(request(mode));
    assertEquals(1, endpoints.size());
    assertEquals(expected.replace("\" \"", ""), text(endpoints.get(0)));
  }

  @Test
  void linksAreNumberedInTheOrderOfTheNetworksAndTheModesOwnComesFirst() {
    List<Endpoint> endpoints =
        plan(request("red", EndpointSpec.on("blue"), EndpointSpec.on("deep")));
    assertEquals(
        List.of(
            "red eth0 10.2.0.2/29 10.2.0.1 -",
            "blue eth1 10.1.0.2/24 10.1.0.1 route", // the first by name among those with a way out
            "deep eth2 10.3.0.2/24 - -"),
        endpoints.stream().map(SandboxPlannerTest::text).toList());
  }

  @Test
  void aNetworkThatIsTheModesOwnKeepsThePlaceWhereItWasNamed() {
    List<Endpoint> endpoints = plan(request("red", EndpointSpec.on("blue"), at("red", "10.2.0.5")));
    assertEquals(List.of("blue", "red"), endpoints.stream().map(Endpoint::networkName).toList());
    assertEquals("10.2.0.5/29", endpoints.get(1).address().orElseThrow().toString());
  }

  @ParameterizedTest(name = "{0} and {1}: own MAC {2}, host link {3}")
  @CsvSource({
    "blue, -, 02:42:0a:01:00:02, true", // from the address
    "blue, 02:11:22:33:44:55, 02:11:22:33:44:55, true",
    "vlan, -, 02:42:0a:04:00:02, false",
    "vlan, 02-11-22-33-44-55, 02:11:22:33:44:55, false",
    "flat, -, -, false", // shares the parent's
    "flat, 02:11:22:33:44:55, -, false",
  })
  void macAddressesAndHostLinks(String network, String wanted, String mac, boolean hostLink) {
    Endpoint endpoint = plan(request(network, mac(network, wanted))).get(0);
    assertEquals(mac, endpoint.mac().map(MacAddress::toString).orElse("-"));
    assertEquals(hostLink ? "veth" + endpoint.id().substring(0, 7) : "", endpoint.hostLink());
  }

  @Test
  void aGroupsMacAddressIsRefusedBeforeAnAddressIsTaken() {
    assertEquals(
        "invalid MAC address 03:11:22:33:44:55: it is a group address",
        refused(InvalidArgument.class, request("blue", mac("blue", "03:11:22:33:44:55"))));
    assertEquals("10.1.0.2/24", plan(request("blue")).get(0).address().orElseThrow().toString());
  }

  @Test
  void aliasesAndFixedAddressesAreKept() {
    EndpointSpec spec =
        new EndpointSpec(
            "blue", Ipv4.parse("10.1.0.77"), Optional.empty(), List.of("db", "sql"), 3);
    Endpoint endpoint = plan(request("blue", spec)).get(0);
    assertEquals(List.of("db", "sql"), endpoint.aliases());
    assertTrue(endpoint.fixedAddress());
    assertEquals(false, plan(request("blue")).get(0).fixedAddress());
  }

  @ParameterizedTest(name = "--network {0} --ip {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bridge | 172.17.0.9"
            + " | user specified IP address is supported on user defined networks only",
        "blue | 10.2.0.3"
            + " | Invalid address 10.2.0.3: It does not belong to any of this network's subnets",
      })
  void addressesThatCannotBe(String network, String address, String message) {
    assertEquals(message, refused(InvalidArgument.class, request(network, at(network, address))));
  }

  @ParameterizedTest
  @CsvSource({"10.1.0.1", "10.1.0.0", "10.1.0.255"})
  void theGatewayAndTheEndsOfASubnetAreTaken(String address) {
    assertEquals(
        "Address already in use: " + address,
        refused(Conflict.class, request("blue", at("blue", address))));
  }

  @Test
  void whatWasTakenIsGivenBackWhenALaterNetworkFails() {
    refused(Conflict.class, request("blue", EndpointSpec.on("blue"), at("red", "10.2.0.1")));
    assertEquals("10.1.0.2/24", plan(request("blue")).get(0).address().orElseThrow().toString());
  }

  @Test
  void aFullNetworkSaysSoAndTheOthersAddressesComeBack() {
    for (int i = 2; i <= 6; i++) { // a /29: six hosts, one of them the gateway
      assertEquals(
          "10.2.0." + i + "/29", plan(request("red")).get(0).address().orElseThrow().toString());
    }
    assertThrows(
        Unavailable.class,
        () -> plan(request("blue", EndpointSpec.on("blue"), EndpointSpec.on("red"))));
    assertEquals("10.1.0.2/24", plan(request("blue")).get(0).address().orElseThrow().toString());
  }

  @Test
  void aNetworkIsNamedOnceByWhicheverName() {
    assertEquals(
        "network blueid is named twice",
        refused(
            InvalidArgument.class,
            request("blue", EndpointSpec.on("blue"), EndpointSpec.on("blueid"))));
  }

  @ParameterizedTest
  @CsvSource({"host, blue", "none, blue", "blue, host", "blue, none", "bridge, none"})
  void hostAndNoneStandAlone(String mode, String other) {
    assertEquals(
        "conflicting options: " + mode + " cannot be combined with other networks on one container",
        refused(InvalidArgument.class, request(mode, EndpointSpec.on(other))));
  }

  @Test
  void anUnknownNetworkIsNamed() {
    assertEquals("network green not found", refused(NotFound.class, request("green")));
    assertEquals(
        "network green not found",
        refused(NotFound.class, request("blue", EndpointSpec.on("green"))));
  }

  @ParameterizedTest(name = "{0} ports={1} all={2} link={3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "container:c9, 80:80, false, false, port publishing and the container type network mode",
        "container:c9, -,     true,  false, port publishing and the container type network mode",
        "ns:/run/x,    80:80, false, false, port publishing and the container type network mode",
        "container:c9, -,     false, true,  container type network can't be used with links.",
        "host,         -,     false, true,  host type networking can't be used with links.",
        "host,         80:80, true,  false, -", // dropped with a word from the command line
        "none,         80:80, true,  true,  -",
        "blue,         80:80, true,  true,  -",
        "container:c9, -,     false, false, -",
      })
  void conflictsOfModeAndOptions(
      String mode, String port, boolean all, boolean link, String message) {
    SandboxRequest request =
        new SandboxRequest(
            "c1",
            "web",
            NetworkMode.parse(mode),
            List.of(),
            port == null ? List.of() : PortMappings.parse(port),
            all,
            Set.of(),
            link ? List.of(new Link("c2", "db", "db", Set.of(), List.of())) : List.of(),
            Optional.empty());
    if (message == null) {
      assertDoesNotThrow(() -> planner.validate(request));
    } else {
      String told =
          assertThrows(InvalidArgument.class, () -> planner.validate(request)).getMessage();
      assertTrue(told.startsWith("conflicting options: " + message), told);
    }
  }

  private String ports(String network, boolean all, Set<Port> exposed, String... values) {
    SandboxRequest request =
        new SandboxRequest(
            "c1",
            "web",
            NetworkMode.parse(network),
            List.of(),
            PortMappings.parseAll(List.of(values)),
            all,
            exposed,
            List.of(),
            Optional.empty());
    return planner.ports(request, plan(request)).stream()
        .map(
            m ->
                m.hostAddress().orElse("*")
                    + (":" + m.firstHostPort() + "-" + m.lastHostPort() + ">" + m.container()))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0}: -p {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "blue,  8080:80,           *:8080-8080>80/tcp",
        "blue,  80,                *:0-0>80/tcp",
        "blue,  0.0.0.0:8080:80,   0.0.0.0:8080-8080>80/tcp", // IPv4 alone
        "blue,  10.0.0.1:8080:80,  10.0.0.1:8080-8080>80/tcp",
        "blue,  9000-9005:80/udp,  *:9000-9005>80/udp",
        "local, 8080:80,           127.0.0.1:8080-8080>80/tcp", // host_binding_ipv4
        "local, 10.0.0.1:8080:80,  10.0.0.1:8080-8080>80/tcp",
        "local, 0.0.0.0:8080:80,   0.0.0.0:8080-8080>80/tcp",
        "local, [::1]:8080:80,     ::1:8080-8080>80/tcp",
        "host,  8080:80,           -",
        "none,  8080:80,           -",
        "deep,  8080:80,           -", // there is no way in
        "vlan,  8080:80,           -", // its address is reached without the host
      })
  void whichPortsArePublished(String network, String value, String expected) {
    assertEquals(expected == null ? "" : expected, ports(network, false, Set.of(), value));
  }

  @Test
  void publishAllAddsWhatIsExposedAndNotPublishedYetInOrder() {
    Set<Port> exposed = Set.of(Port.tcp(443), Port.udp(53), Port.tcp(80), Port.tcp(53));
    assertEquals(
        "*:8080-8080>80/tcp *:0-0>53/tcp *:0-0>53/udp *:0-0>443/tcp",
        ports("blue", true, exposed, "8080:80"));
    assertEquals("127.0.0.1:0-0>80/tcp", ports("local", true, Set.of(Port.tcp(80))));
    assertEquals("*:8080-8080>80/tcp", ports("blue", false, exposed, "8080:80"));
  }

  @ParameterizedTest(name = "links {0}: next {1}")
  @CsvSource({"'', eth0", "eth0, eth1", "eth1, eth0", "eth0 eth2, eth1", "eth1 eth0 eth2, eth3"})
  void theLowestFreeLinkIsNext(String present, String expected) {
    List<Endpoint> endpoints =
        present.isEmpty()
            ? List.of()
            : List.of(present.split(" ", -1)).stream().map(SandboxPlannerTest::withLink).toList();
    assertEquals(expected, SandboxPlanner.freeLink(endpoints));
  }

  private static Endpoint withLink(String link) {
    return new Endpoint(
        "e",
        "n",
        "n",
        link,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of());
  }

  @Test
  void endpointsHaveIdsOfTheirOwn() {
    List<Endpoint> endpoints = plan(request("blue", EndpointSpec.on("red")));
    assertEquals(2, endpoints.stream().map(Endpoint::id).distinct().count());
    endpoints.forEach(e -> assertTrue(e.id().matches("[0-9a-f]{64}"), e.id()));
  }
}
