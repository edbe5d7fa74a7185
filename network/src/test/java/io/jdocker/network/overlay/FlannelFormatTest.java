package io.jdocker.network.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** flannel's keys and values, byte for byte, and what is no such thing. */
class FlannelFormatTest {
  private static final String KEY = "/coreos.com/network/subnets/10.244.47.0-24";
  private static final String VALUE =
      "{\"PublicIP\":\"192.168.77.12\",\"PublicIPv6\":null,\"BackendType\":\"vxlan\","
          + "\"BackendData\":{\"VNI\":1,\"VtepMAC\":\"1a:60:d4:51:1b:35\"}}";

  private static FlannelConfig config(String json) {
    return FlannelConfig.parse("/coreos.com/network/config", json);
  }

  @Test
  void aLeaseIsWrittenAndReadAsFlannelDoes() {
    SubnetLease lease =
        new SubnetLease(
            Cidr.of("10.244.47.0/24"),
            Ipv4.of("192.168.77.12"),
            "vxlan",
            Optional.of(
                new SubnetLease.Vtep(1, MacAddress.parse("1a:60:d4:51:1b:35").orElseThrow())));
    assertEquals(KEY, SubnetLease.key("/coreos.com/network", lease.subnet()));
    assertEquals(VALUE, lease.value());
    assertEquals(lease, SubnetLease.parse(KEY, VALUE));
    assertEquals(lease, SubnetLease.parse(KEY + "&fc00::-64", VALUE), "two protocols");
  }

  @Test
  void aLeaseOfHostGatewayHasNoData() {
    String value =
        "{\"PublicIP\":\"192.168.77.12\",\"PublicIPv6\":null,\"BackendType\":\"host-gw\"}";
    SubnetLease lease = SubnetLease.parse(KEY, value);
    assertEquals(Optional.empty(), lease.vtep());
    assertEquals(value, lease.value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.244.47.0-24 | not json | it is not JSON as flannel writes it",
        "10.244.47.0-24 | '' | it names no PublicIP",
        "10.244.47.0-24 | {} | it names no PublicIP",
        "10.244.47.0-24 | {\"PublicIP\":7} | PublicIP \"7\" is no IPv4 address",
        "10.244.47.0-24 | {\"PublicIP\":[]} | it is not JSON as flannel writes it",
        "10.244.47.0-24 | {\"PublicIP\":\"::1\"} | PublicIP \"::1\" is no IPv4 address",
        "10.244.47.0-24 | {\"PublicIP\":\"1.2.3.4\",\"BackendType\":\"vxlan\"}"
            + " | it names no VtepMAC",
        "10.244.47.0-24 | {\"PublicIP\":\"1.2.3.4\",\"BackendType\":\"vxlan\","
            + "\"BackendData\":{\"VtepMAC\":\"x\"}} | VtepMAC \"x\" is no MAC address of a device",
        "10.244.47.0-24 | {\"PublicIP\":\"1.2.3.4\",\"BackendType\":\"vxlan\",\"BackendData\":"
            + "{\"VtepMAC\":\"ff:ff:ff:ff:ff:ff\"}}"
            + " | VtepMAC \"ff:ff:ff:ff:ff:ff\" is no MAC address of a device",
        "10.244.47.9-24 | {} | its key names no subnet",
        "10.244.47.0 | {} | its key names no subnet",
        "fc00::-64 | {} | its key names no subnet",
      })
  void whatIsNoLeaseIsSaid(String name, String value, String reason) {
    String key = "/coreos.com/network/subnets/" + name;
    assertEquals(
        reason,
        assertThrows(IllegalArgumentException.class, () -> SubnetLease.parse(key, value))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Network\":\"10.244.0.0/16\" | 24 | 10.244.1.0 | 10.244.255.0",
        "\"Network\":\"10.244.3.4/22\" | 24 | 10.244.1.0 | 10.244.3.0",
        "\"Network\":\"10.244.0.0/23\" | 25 | 10.244.0.128 | 10.244.1.128",
        "\"Network\":\"10.0.0.0/8\",\"SubnetLen\":20 | 20 | 10.0.16.0 | 10.255.240.0",
        "\"Network\":\"10.244.0.0/16\",\"SubnetMin\":\"10.244.9.0\",\"SubnetMax\":\"10.244.10.0\""
            + " | 24 | 10.244.9.0 | 10.244.10.0",
      })
  void aConfigHasFlannelsDefaults(String json, int length, String first, String last) {
    FlannelConfig config = config("{" + json + ",\"Backend\":{\"Type\":\"vxlan\"}}");
    assertEquals(length, config.subnetLength());
    assertEquals(Ipv4.of(first), config.first());
    assertEquals(Ipv4.of(last), config.last());
    assertEquals(FlannelBackend.vxlan(1, 8472, false), config.backend());
    assertTrue(config.admits(config.lowest()));
    assertFalse(
        config.admits(new Cidr(config.network().first(), length)), "skipped as flannel does");
  }

  @Test
  void aBackendIsReadWithAllItSays() {
    String network = "{\"Network\":\"10.244.0.0/16\",\"Backend\":";
    assertEquals(
        FlannelBackend.vxlan(7, 4789, true),
        config(
                network
                    + "{\"Type\":\"vxlan\",\"VNI\":7,\"Port\":4789,\"DirectRouting\":true,"
                    + "\"Learning\":false}}")
            .backend());
    assertEquals(
        FlannelBackend.HOST_GATEWAY, config(network + "{\"Type\":\"host-gw\"}}").backend());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "junk | ",
        "{} | it names no Network",
        "{\"Network\":\"10.244.0.0\"} | Network \"10.244.0.0\" is no IPv4 subnet",
        "{\"Network\":\"10.244.0.0/16\",\"SubnetLen\":16} | SubnetLen 16 leaves no subnets",
        "{\"Network\":\"10.244.0.0/16\",\"SubnetLen\":31} | SubnetLen 31 leaves no subnets",
        "{\"Network\":\"10.244.0.0/16\",\"SubnetMin\":\"10.9.0.0\"} | is not in Network",
        "{\"Network\":\"10.244.0.0/16\",\"SubnetMax\":\"10.244.9.7\"} | is no start of a /24",
        "{\"Network\":\"10.244.0.0/16\",\"Backend\":{\"Type\":\"vxlan\",\"VNI\":99999999}}"
            + " | VNI 99999999 is not in",
      })
  void aConfigThatMakesNoSenseIsNamedWithItsKey(String json, String reason) {
    SystemFailure wrong = assertThrows(SystemFailure.class, () -> config(json));
    assertTrue(wrong.getMessage().startsWith("the cluster's network config at /coreos.com/"));
    assertTrue(wrong.getMessage().contains(reason == null ? "" : reason), wrong::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"udp", "wireguard", "ipsec"})
  void anotherBackendIsRefusedByItsName(String type) {
    String json = "{\"Network\":\"10.244.0.0/16\",\"Backend\":{\"Type\":\"" + type + "\"}}";
    Unsupported refused = assertThrows(Unsupported.class, () -> config(json));
    assertTrue(refused.getMessage().contains("the backend " + type + ","), refused::getMessage);
    String unsaid = "{\"Network\":\"10.244.0.0/16\"}";
    assertTrue(
        assertThrows(Unsupported.class, () -> config(unsaid)).getMessage().contains("backend udp"));
  }

  @Test
  void subnetEnvIsWhatFlannelsScriptsRead(@TempDir Path folder) throws java.io.IOException {
    SubnetEnvironment file = new SubnetEnvironment(folder.resolve("run/subnet.env"));
    assertEquals(Optional.empty(), file.subnet());
    file.write(Cidr.of("10.244.0.0/16"), Cidr.of("10.244.47.1/24"), 1450, true);
    assertEquals(
        """
        FLANNEL_NETWORK=10.244.0.0/16
        FLANNEL_SUBNET=10.244.47.1/24
        FLANNEL_MTU=1450
        FLANNEL_IPMASQ=true
        """,
        java.nio.file.Files.readString(file.file()));
    assertEquals(Optional.of(Cidr.of("10.244.47.0/24")), file.subnet());
    file.delete();
    file.delete();
    assertEquals(Optional.empty(), file.subnet());
  }
}
