package io.jdocker.daemon.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.json.Json;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkMember;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkDocumentTest {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.000000006Z");

  private static String json(Network network, NetworkMember... members) {
    return new Json().write(NetworkDocument.of(network, List.of(members)));
  }

  @Test
  void anOverlayReachesAsFarAsItsSubnetSays() {
    Map<String, String> shared = Map.of("com.docker.network.driver.overlay.vxlanid_list", "4097");
    Map<String, String> flannel = Map.of("io.jdocker.network.flannel.network", "10.244.0.0/16");
    String everywhere = json(overlay(shared));
    assertTrue(everywhere.contains("\"Scope\":\"global\",\"Driver\":\"overlay\""), everywhere);
    assertFalse(everywhere.contains("Peers"), "without a cluster nothing is said of it");
    assertTrue(json(overlay(flannel)).contains("\"Scope\":\"local\""));
  }

  private static Network overlay(Map<String, String> options) {
    return new Network(
        "ab12",
        "n1",
        "overlay",
        CREATED,
        Optional.of(IpamConfig.of(Cidr.of("10.244.1.0/24"), Ipv4.of("10.244.1.1"))),
        "br-ab12",
        false,
        false,
        options,
        Map.of());
  }

  @Test
  void aBridgeWithAContainer() {
    Network network =
        new Network(
            "ab12",
            "n1",
            "bridge",
            CREATED,
            Optional.of(
                new IpamConfig(
                    Cidr.of("10.1.0.0/16"),
                    Optional.of(Cidr.of("10.1.2.0/24")),
                    Ipv4.of("10.1.0.1"),
                    Map.of("router", Ipv4.of("10.1.0.9")))),
            "br-ab12",
            true,
            true,
            Map.of("o", "1"),
            Map.of("l", "2"));
    Endpoint endpoint =
        new Endpoint(
            "e1",
            "ab12",
            "n1",
            "eth0",
            "veth1",
            Optional.of(Cidr.of("10.1.2.3/16")),
            Optional.of(Ipv4.of("10.1.0.1")),
            MacAddress.parse("02:42:0a:01:02:03"),
            true,
            false,
            List.of());
    assertEquals(
        "{\"Name\":\"n1\",\"Id\":\"ab12\",\"Created\":\"2026-01-02T03:04:05.000000006Z\","
            + "\"Scope\":\"local\",\"Driver\":\"bridge\",\"EnableIPv4\":true,\"EnableIPv6\":false,"
            + "\"IPAM\":{\"Driver\":\"default\",\"Options\":null,\"Config\":["
            + "{\"Subnet\":\"10.1.0.0/16\",\"IPRange\":\"10.1.2.0/24\",\"Gateway\":\"10.1.0.1\","
            + "\"AuxiliaryAddresses\":{\"router\":\"10.1.0.9\"}}]},"
            + "\"Internal\":true,\"Attachable\":true,\"Ingress\":false,"
            + "\"ConfigFrom\":{\"Network\":\"\"},\"ConfigOnly\":false,"
            + "\"Containers\":{\"c1\":{\"Name\":\"web\",\"EndpointID\":\"e1\","
            + "\"MacAddress\":\"02:42:0a:01:02:03\",\"IPv4Address\":\"10.1.2.3/16\","
            + "\"IPv6Address\":\"\"}},\"Options\":{\"o\":\"1\"},\"Labels\":{\"l\":\"2\"}}",
        json(network, new NetworkMember("c1", "web", endpoint)));
  }

  @Test
  void theHostsNetworkHasNoAddresses() {
    Network network =
        new Network(
            "ab12",
            "host",
            "host",
            CREATED,
            Optional.empty(),
            "",
            false,
            false,
            Map.of(),
            Map.of());
    Endpoint endpoint =
        new Endpoint(
            "e1",
            "ab12",
            "host",
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            List.of());
    String text = json(network, new NetworkMember("c1", "web", endpoint));
    assertEquals(
        "\"IPAM\":{\"Driver\":\"default\",\"Options\":null,\"Config\":[]}",
        text.substring(text.indexOf("\"IPAM\""), text.indexOf(",\"Internal\"")));
    assertEquals(
        "\"c1\":{\"Name\":\"web\",\"EndpointID\":\"e1\",\"MacAddress\":\"\","
            + "\"IPv4Address\":\"\",\"IPv6Address\":\"\"}",
        text.substring(text.indexOf("\"c1\""), text.indexOf("},\"Options\":{}")));
  }
}
