package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.daemon.ApiFixture;
import io.jdocker.daemon.json.Json;
import io.jdocker.linux.Kernel;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.NetworkOptions;
import io.jdocker.network.Networks;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Sandbox;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container on a network, from the state file that a running one has. */
class NetworkViewTest {
  @TempDir Path folder;
  private ApiFixture api;

  @BeforeEach
  void open() throws IOException {
    api = ApiFixture.open(folder);
    api.image("bb", "CMD true");
  }

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private static Endpoint endpoint(String network, String networkId, boolean fixed) {
    return new Endpoint(
        "e1",
        networkId,
        network,
        "eth0",
        "veth1",
        Optional.of(Cidr.of("10.214.0.2/24")),
        Optional.of(Ipv4.of("10.214.0.1")),
        MacAddress.parse("02:42:0a:d6:00:02"),
        true,
        fixed,
        List.of("alias"));
  }

  /** What a running container's view is; its own networks see its sandbox alone. */
  private JsonObject running(String id, Endpoint endpoint, PortBinding... bindings) {
    return running(false, id, endpoint, bindings);
  }

  private JsonObject running(boolean old, String id, Endpoint endpoint, PortBinding... bindings) {
    Sandbox sandbox =
        new Sandbox(
            "5a".repeat(32),
            id,
            "web",
            NetworkMode.parse(endpoint.networkName()),
            Optional.of(Path.of("/netns/x")),
            "web",
            List.of(endpoint),
            List.of(bindings),
            List.of());
    NetworkOptions options =
        NetworkOptions.of(folder.resolve("other")).withSpareNamespaces(0).withBridge("unit0");
    Network own = ApiFixture.NETWORK;
    Network bridge =
        new Network(
            "b1",
            "bridge",
            "bridge",
            own.created(),
            own.ipam(),
            "unit0",
            false,
            false,
            Map.of(),
            Map.of());
    StateFolder<Network> files =
        new StateFolder<>(options.root().resolve("networks"), Network.class);
    files.write(own.id(), own);
    files.write(bridge.id(), bridge);
    new StateFolder<>(options.root().resolve("sandboxes"), SandboxState.class)
        .write(id, new SandboxState(sandbox, true, List.of(), Optional.empty(), 0));
    try (Networks networks = Networks.open(options, Kernel.load())) {
      NetworkView view = new NetworkView(networks, api.engine().containers().get(id), old);
      return JsonParser.parseString(new Json().write(view.settings())).getAsJsonObject();
    }
  }

  private JsonObject resting(String body) throws IOException {
    String id = api.container("web", body);
    return api.get("/containers/" + id + "/json").object().getAsJsonObject("NetworkSettings");
  }

  /** compose 1.29 and docker-py find their own by it; 1.45 moved it to DNSNames. */
  @Test
  void oldClientsSeeShortIdAndHostNameAmongTheAliases() throws IOException {
    String id = api.container("web", "{\"Image\":\"bb\",\"Hostname\":\"h\"}");
    JsonObject own =
        running(true, id, endpoint("own", ApiFixture.NETWORK.id(), false))
            .getAsJsonObject("Networks")
            .getAsJsonObject("own");
    assertEquals(
        "[\"alias\",\"" + id.substring(0, 12) + "\",\"h\"]", own.get("Aliases").toString());
    JsonObject bridge =
        running(true, id, endpoint("bridge", "b1", false))
            .getAsJsonObject("Networks")
            .getAsJsonObject("bridge");
    assertEquals("[\"alias\"]", bridge.get("Aliases").toString(), "no names on that one");
  }

  @Test
  void onAUserDefinedNetwork() throws IOException {
    String id = api.container("web", "{\"Image\":\"bb\"}");
    JsonObject settings = running(id, endpoint("own", ApiFixture.NETWORK.id(), true));
    assertEquals(
        "{\"IPAMConfig\":{\"IPv4Address\":\"10.214.0.2\"},\"Links\":null,\"Aliases\":[\"alias\"],"
            + "\"MacAddress\":\"02:42:0a:d6:00:02\",\"DriverOpts\":null,\"GwPriority\":0,"
            + "\"NetworkID\":\""
            + ApiFixture.NETWORK.id()
            + "\",\"EndpointID\":\"e1\",\"Gateway\":\"10.214.0.1\",\"IPAddress\":\"10.214.0.2\","
            + "\"IPPrefixLen\":24,\"IPv6Gateway\":\"\",\"GlobalIPv6Address\":\"\","
            + "\"GlobalIPv6PrefixLen\":0,\"DNSNames\":[\"web\",\"alias\",\""
            + id.substring(0, 12)
            + "\"]}",
        settings.getAsJsonObject("Networks").get("own").toString());
    assertEquals("", settings.get("IPAddress").getAsString(), "that is the default bridge's alone");
    assertEquals("5a".repeat(32), settings.get("SandboxID").getAsString());
    assertEquals("/netns/x", settings.get("SandboxKey").getAsString());
  }

  @Test
  void theOldKeysAreThoseOfTheDefaultBridge() throws IOException {
    String id = api.container("web", "{\"Image\":\"bb\"}");
    JsonObject settings = running(id, endpoint("bridge", "b1", false));
    assertEquals(
        Set.of(
            "Bridge",
            "SandboxID",
            "SandboxKey",
            "Ports",
            "HairpinMode",
            "LinkLocalIPv6Address",
            "LinkLocalIPv6PrefixLen",
            "SecondaryIPAddresses",
            "SecondaryIPv6Addresses",
            "EndpointID",
            "Gateway",
            "GlobalIPv6Address",
            "GlobalIPv6PrefixLen",
            "IPAddress",
            "IPPrefixLen",
            "IPv6Gateway",
            "MacAddress",
            "Networks"),
        settings.keySet());
    assertEquals("10.214.0.2", settings.get("IPAddress").getAsString());
    assertEquals(24, settings.get("IPPrefixLen").getAsInt());
    assertEquals("10.214.0.1", settings.get("Gateway").getAsString());
    assertEquals("02:42:0a:d6:00:02", settings.get("MacAddress").getAsString());
    assertEquals("e1", settings.get("EndpointID").getAsString());
    JsonObject bridge = settings.getAsJsonObject("Networks").getAsJsonObject("bridge");
    assertTrue(bridge.get("DNSNames").isJsonNull(), "no names on the default bridge");
    assertTrue(bridge.get("IPAMConfig").isJsonNull(), "the address was not chosen");
  }

  @Test
  void portsAreNullOrOneEntryAnAddress() throws IOException {
    String id =
        api.container("web", "{\"Image\":\"bb\",\"ExposedPorts\":{\"80/tcp\":{},\"53/udp\":{}}}");
    Port http = Port.parse("80/tcp").orElseThrow();
    Port other = Port.parse("9000/tcp").orElseThrow();
    JsonObject ports =
        running(
                id,
                endpoint("bridge", "b1", false),
                new PortBinding(http, "0.0.0.0", 8080),
                new PortBinding(http, "::", 8080),
                new PortBinding(other, "127.0.0.1", 9001))
            .getAsJsonObject("Ports");
    assertEquals(Set.of("53/udp", "80/tcp", "9000/tcp"), ports.keySet());
    assertTrue(ports.get("53/udp").isJsonNull(), "exposed, not published");
    assertEquals(
        "[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"},"
            + "{\"HostIp\":\"::\",\"HostPort\":\"8080\"}]",
        ports.get("80/tcp").toString());
    assertEquals(
        "[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"9001\"}]", ports.get("9000/tcp").toString());
  }

  @Test
  void notRunningItTellsWhereItWillBe() throws IOException {
    JsonObject settings =
        resting(
            """
            {"Image":"bb","ExposedPorts":{"80/tcp":{}},"HostConfig":{"NetworkMode":"own"},
             "NetworkingConfig":{"EndpointsConfig":{"own":{"Aliases":["db"],
              "IPAMConfig":{"IPv4Address":"10.214.0.9"}}}}}""");
    assertEquals("{}", settings.get("Ports").toString());
    assertEquals("", settings.get("SandboxID").getAsString());
    assertEquals(Set.of("own"), settings.getAsJsonObject("Networks").keySet());
    JsonObject own = settings.getAsJsonObject("Networks").getAsJsonObject("own");
    assertEquals(ApiFixture.NETWORK.id(), own.get("NetworkID").getAsString());
    assertEquals("", own.get("IPAddress").getAsString());
    assertEquals("{\"IPv4Address\":\"10.214.0.9\"}", own.get("IPAMConfig").toString());
    assertEquals("[\"db\"]", own.get("Aliases").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "default", "bridge"})
  void theDefaultNetworkIsNamedBridge(String mode) throws IOException {
    JsonObject networks =
        resting("{\"Image\":\"bb\",\"HostConfig\":{\"NetworkMode\":\"" + mode + "\"}}")
            .getAsJsonObject("Networks");
    assertEquals(Set.of("bridge"), networks.keySet());
    assertEquals(
        api.get("/networks/bridge").object().get("Id").getAsString(),
        networks.getAsJsonObject("bridge").get("NetworkID").getAsString());
  }

  @Test
  void anIdAsModeIsShownByTheNetworksName() throws IOException {
    JsonObject settings =
        resting(
            "{\"Image\":\"bb\",\"HostConfig\":{\"NetworkMode\":\""
                + ApiFixture.NETWORK.id()
                + "\"}}");
    assertEquals(Set.of("own"), settings.getAsJsonObject("Networks").keySet());
  }

  @Test
  void aJoinedContainersNetworksAreNotItsOwn() throws IOException {
    api.container("first", "{\"Image\":\"bb\"}");
    JsonObject settings =
        resting("{\"Image\":\"bb\",\"HostConfig\":{\"NetworkMode\":\"container:first\"}}");
    assertEquals("{}", settings.get("Networks").toString());
  }
}
