package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.EndpointSpec;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Port;
import io.jdocker.network.PortMapping;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import io.jdocker.runtime.spec.NetworkingSpec.PublishedPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkWishesTest {
  private static final EndpointRequest PLAIN = new EndpointRequest("", "", List.of(), List.of(), 0);
  private static final Optional<MacAddress> MAC = MacAddress.parse("02:42:ac:11:00:02");

  @Test
  void withoutSettingsTheModeSaysItAll() {
    assertEquals(List.of(), NetworkWishes.endpoints(NetworkingSpec.standard("bridge")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "", "bridge"})
  void theDefaultNetworkIsTheBridge(String mode) {
    NetworkingSpec spec = NetworkingSpec.standard(mode).withEndpoints(Map.of("bridge", PLAIN));
    assertEquals(List.of(EndpointSpec.on("bridge")), NetworkWishes.endpoints(spec));
  }

  @Test
  void theModesOwnNetworkComesFirstThenTheOthersByName() {
    NetworkingSpec spec =
        NetworkingSpec.standard("mid")
            .withEndpoints(Map.of("zeta", PLAIN, "alpha", PLAIN, "mid", PLAIN));
    assertEquals(
        List.of("mid", "alpha", "zeta"),
        NetworkWishes.endpoints(spec).stream().map(EndpointSpec::network).toList());
  }

  @Test
  void anEndpointsSettingsAreRead() {
    EndpointRequest request =
        new EndpointRequest("10.0.0.5", "02:42:ac:11:00:02", List.of("db"), List.of(), 0);
    NetworkingSpec spec = NetworkingSpec.standard("net").withEndpoints(Map.of("net", request));
    assertEquals(
        List.of(new EndpointSpec("net", Ipv4.parse("10.0.0.5"), MAC, List.of("db"), 0)),
        NetworkWishes.endpoints(spec));
  }

  @Test
  void theContainersMacIsForTheModesNetworkOnlyAndYieldsToTheEndpoints() {
    EndpointRequest own = new EndpointRequest("", "02:42:ac:11:00:02", List.of(), List.of(), 0);
    List<EndpointSpec> both =
        NetworkWishes.endpoints(
            withMac("net", "02:00:00:00:00:01", Map.of("net", own, "other", PLAIN)));
    assertEquals(MAC, both.get(0).mac());
    assertEquals(Optional.empty(), both.get(1).mac());
    assertEquals(
        List.of(new EndpointSpec("net", Optional.empty(), MAC, List.of(), 0)),
        NetworkWishes.endpoints(withMac("net", "02:42:ac:11:00:02", Map.of())));
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    EndpointRequest ip = new EndpointRequest("10.0.0.256", "", List.of(), List.of(), 0);
    NetworkingSpec spec = NetworkingSpec.standard("net").withEndpoints(Map.of("net", ip));
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> NetworkWishes.endpoints(spec));
    assertEquals("invalid IPv4 address: 10.0.0.256", e.getMessage());
    NetworkingSpec mac = withMac("net", "02:42", Map.of());
    assertEquals(
        "invalid MAC address: 02:42",
        assertThrows(InvalidArgument.class, () -> NetworkWishes.endpoints(mac)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 0",
    "8080, 8080, 8080",
    "8000-8010, 8000, 8010",
    "0, 0, 0",
    "65535, 65535, 65535"
  })
  void aHostPortIsOneARangeOrFree(String hostPort, int first, int last) {
    assertEquals(
        List.of(new PortMapping(Port.tcp(80), Optional.of("127.0.0.1"), first, last)),
        NetworkWishes.ports(published("80/tcp", hostPort)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"65536", "x", "8010-8000", "8000-", "-8000", "-", "1-2-3", "+1", " 1"})
  void anythingElseIsNoHostPort(String hostPort) {
    NetworkingSpec spec = published("80/tcp", hostPort);
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> NetworkWishes.ports(spec));
    assertTrue(e.getMessage().startsWith("invalid port specification: \""), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0/tcp", "65536", "80/foo", "tcp/80"})
  void aPortIsANumberAndAProtocol(String port) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> NetworkWishes.port(port));
    assertEquals("invalid port specification: \"" + port + "\"", e.getMessage());
  }

  @Test
  void predefinedNetworksAreNotTheUsers() {
    for (String mode : List.of("", "default", "bridge", "host", "none")) {
      assertTrue(NetworkWishes.isPredefined(mode), mode);
    }
    assertFalse(NetworkWishes.isPredefined("mine"));
  }

  private static NetworkingSpec published(String port, String hostPort) {
    return new NetworkingSpec(
        "bridge",
        Map.of(),
        List.of(new PublishedPort(port, "127.0.0.1", hostPort)),
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "");
  }

  private static NetworkingSpec withMac(
      String mode, String mac, Map<String, EndpointRequest> endpoints) {
    return new NetworkingSpec(
        mode, endpoints, List.of(), false, List.of(), List.of(), List.of(), List.of(), List.of(),
        mac);
  }
}
