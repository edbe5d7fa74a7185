package io.jdocker.network.cni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.EndpointIpv6;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Ipv6;
import io.jdocker.network.MacAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plugins answer, as the specification's chapter "Result types" has it, and otherwise. */
class CniResultTest {
  private static final Endpoint BEFORE =
      new Endpoint(
          "e1",
          "n1",
          "lan",
          "eth0",
          "veth1",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          List.of("web"));

  private static Endpoint read(String json) {
    return CniResult.parse(json).applyTo(BEFORE);
  }

  @Test
  void anAnswerInFullIsReadInFull() {
    Endpoint endpoint =
        read(
            """
            {
              "cniVersion": "1.0.0",
              "interfaces": [
                {"name": "cni0", "mac": "02:42:00:00:00:01"},
                {"name": "veth9", "mac": "02:42:00:00:00:02", "sandbox": ""},
                {"name": "eth0", "mac": "02:42:00:00:00:03", "sandbox": "/run/netns/a"},
                {"name": "eth1", "mac": "02:42:00:00:00:04", "sandbox": "/run/netns/a"}
              ],
              "ips": [
                {"address": "10.22.0.5/24", "gateway": "10.22.0.1", "interface": 2},
                {"address": "fd00::5/64", "gateway": "fd00::1", "interface": 2},
                {"address": "10.23.0.5/24"}
              ],
              "routes": [{"dst": "0.0.0.0/0"}, {"dst": "::/0", "gw": "fd00::1"}],
              "dns": {"nameservers": ["10.22.0.1"]}
            }
            """);
    assertEquals(Optional.of(Cidr.of("10.22.0.5/24")), endpoint.address());
    assertEquals(Optional.of(Ipv4.of("10.22.0.1")), endpoint.gateway());
    EndpointIpv6 six = endpoint.ipv6().orElseThrow();
    assertEquals("fd00::5/64", six.address().toString());
    assertEquals(Optional.of(Ipv6.of("fd00::1")), six.gateway());
    assertTrue(six.defaultRoute());
    assertTrue(endpoint.defaultRoute());
    assertEquals(MacAddress.parse("02:42:00:00:00:03"), endpoint.mac());
  }

  @Test
  void whatPluginsDoNotDecideStays() {
    Endpoint endpoint = read("{\"ips\":[{\"address\":\"10.22.0.5/24\"}]}");
    assertEquals("e1", endpoint.id());
    assertEquals("n1", endpoint.networkId());
    assertEquals("lan", endpoint.networkName());
    assertEquals("eth0", endpoint.link());
    assertEquals(List.of("web"), endpoint.aliases());
    assertEquals("", endpoint.hostLink(), "the link of the host is the plugins'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"ips\":null}",
        "{\"ips\":[],\"routes\":[],\"interfaces\":[]}",
        "{\"ips\":[{}],\"routes\":[{}],\"interfaces\":[{}]}",
        "{\"ips\":[{\"address\":null,\"gateway\":null}]}",
        "{\"interfaces\":[{\"sandbox\":\"\",\"mac\":\"02:42:00:00:00:03\"}]}",
        "{\"interfaces\":[{\"mac\":\"02:42:00:00:00:03\"}]}",
        "{\"ips\":[{\"gateway\":\"\"}]}",
        "{\"interfaces\":[{\"sandbox\":\"x\",\"mac\":\"80:00:02:08:fe:80:00:00\"}]}", // InfiniBand
      })
  void anAnswerMayHaveNothing(String json) {
    Endpoint endpoint = read(json);
    assertEquals(Optional.empty(), endpoint.address());
    assertEquals(Optional.empty(), endpoint.ipv6());
    assertEquals(Optional.empty(), endpoint.gateway());
    assertEquals(Optional.empty(), endpoint.mac());
    assertFalse(endpoint.defaultRoute());
  }

  @Test
  void aRouteOfOneFamilyIsNoWayOutOfTheOther() {
    String ips = "\"ips\":[{\"address\":\"10.2.0.5/24\"},{\"address\":\"fd00::5/64\"}]";
    Endpoint four = read("{" + ips + ",\"routes\":[{\"dst\":\"0.0.0.0/0\"}]}");
    assertTrue(four.defaultRoute());
    assertFalse(four.ipv6().orElseThrow().defaultRoute());
    Endpoint six = read("{" + ips + ",\"routes\":[{\"dst\":\"::/0\"}]}");
    assertFalse(six.defaultRoute());
    assertTrue(six.ipv6().orElseThrow().defaultRoute());
    Endpoint none = read("{" + ips + ",\"routes\":[{\"dst\":\"10.0.0.0/8\"}]}");
    assertFalse(none.defaultRoute() || none.ipv6().orElseThrow().defaultRoute());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ips\":{}}",
        "{\"ips\":7}",
        "{\"ips\":\"10.0.0.1/8\"}",
        "{\"ips\":[7]}",
        "{\"ips\":[null]}",
        "{\"ips\":[[]]}",
        "{\"ips\":[{\"address\":{}}]}",
        "{\"ips\":[{\"address\":[]}]}",
        "{\"routes\":[\"0.0.0.0/0\"]}",
        "{\"interfaces\":[{\"sandbox\":null,\"mac\":\"02:42:00:00:00:03\"}]}",
        "{\"interfaces\":[{\"sandbox\":\"x\",\"mac\":null}]}",
        "{\"ips\":[{\"address\":\"10.22.0.5\"}]}",
        "{\"ips\":[{\"address\":\"10.22.0.500/24\"}]}",
        "{\"ips\":[{\"address\":\"10.22.0.5/33\"}]}",
        "{\"ips\":[{\"address\":\"\"}]}",
        "{\"ips\":[{\"address\":\"10.2.0.5/24\",\"gateway\":\"router\"}]}",
        "{\"ips\":[{\"address\":\"10.2.0.5/24\"},{\"address\":\"junk\"}]}",
      })
  void whatIsOtherwiseIsAnError(String json) {
    SystemFailure wrong = assertThrows(SystemFailure.class, () -> read(json));
    assertEquals(
        "the CNI plugins' result is not as the specification has it: " + json, wrong.getMessage());
  }
}
