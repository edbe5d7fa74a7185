package io.jdocker.network.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of shared networks, and the options of overlay networks and of the store. */
class SharedFormatTest {
  @Test
  void anEndpointIsReadAsItWasWritten() {
    SharedEndpoint endpoint =
        new SharedEndpoint(
            "net1",
            Ipv4.of("10.5.0.7"),
            Ipv4.of("192.168.77.12"),
            "c1",
            "e1",
            MacAddress.parse("02:42:0a:05:00:07"),
            List.of("web", "www"));
    assertEquals(endpoint, SharedEndpoint.parse("net1/10.5.0.7", endpoint.value()));
    SharedEndpoint claim =
        SharedEndpoint.claim("net1", Ipv4.of("10.5.0.8"), Ipv4.of("192.168.77.12"));
    assertEquals(claim, SharedEndpoint.parse("net1/10.5.0.8", claim.value()));
    assertEquals(Optional.empty(), claim.mac());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net1/10.5.0.7 | junk | it is not JSON as jdocker writes it",
        "net1/10.5.0.7 | '' | it names no Host",
        "net1/10.5.0.7 | {\"Host\":\"everywhere\"} | it names no Host",
        "net1/10.5.0.7 | {\"Host\":\"1.2.3.4\",\"MAC\":\"x\"} | MAC \"x\" is no container's",
        "net1/10.5.0.7 | {\"Host\":\"1.2.3.4\",\"MAC\":\"01:00:5e:00:00:01\"}"
            + " | MAC \"01:00:5e:00:00:01\" is no container's",
        "net1/10.5.0.7 | {\"Host\":\"1.2.3.4\",\"Names\":null} | a part of it is null",
        "net1/10.5.0.7 | {\"Host\":\"1.2.3.4\",\"Names\":[null]}"
            + " | it is not JSON as jdocker writes it",
        "net1/web | {\"Host\":\"1.2.3.4\"} | its key names no address",
        "net1 | {\"Host\":\"1.2.3.4\"} | its key names no address",
      })
  void whatIsNoEndpointIsSaid(String place, String value, String reason) {
    assertEquals(
        reason,
        assertThrows(IllegalArgumentException.class, () -> SharedEndpoint.parse(place, value))
            .getMessage());
  }

  @Test
  void optionsOfAnOverlayAreChecked() {
    OverlayOptions.check(
        Map.of(OverlayOptions.VNI, "4100", "com.docker.network.driver.mtu", "1400"));
    assertThrows(Unsupported.class, () -> OverlayOptions.check(Map.of("encrypted", "true")));
    for (Map<String, String> wrong :
        List.of(
            Map.of("parent", "eth0"),
            Map.of(OverlayOptions.VNI, "0"),
            Map.of(OverlayOptions.VNI, "16777216"),
            Map.of(OverlayOptions.VNI, "4097,4098"),
            Map.of("com.docker.network.driver.mtu", "big"))) {
      assertThrows(InvalidArgument.class, () -> OverlayOptions.check(wrong), wrong.toString());
    }
  }

  @Test
  void optionsOfTheStoreAreReadAndChecked() {
    ClusterOptions usual = ClusterOptions.of("etcd://a:1");
    assertEquals("/coreos.com/network", usual.flannelPath());
    assertEquals(Duration.ofDays(1), usual.life());
    ClusterOptions chosen =
        new ClusterOptions(
            "etcd://a:1", "eth0:2376", Map.of("kv.path", "my/net/", "discovery.ttl", "60"));
    assertEquals("/my/net", chosen.flannelPath());
    assertEquals(Duration.ofMinutes(1), chosen.life());
    for (Map<String, String> wrong :
        List.of(
            Map.of("kv.nosuch", "1"),
            Map.of("discovery.ttl", "soon"),
            Map.of("discovery.ttl", "0"),
            Map.of("discovery.ttl", "-1"))) {
      assertThrows(InvalidArgument.class, () -> new ClusterOptions("etcd://a", "", wrong));
    }
    assertThrows(InvalidArgument.class, () -> ClusterOptions.of("zk://a"));
  }

  @Test
  void aLeaseIsRenewedAnHourBeforeItsEndAsFlannelDoes() {
    assertEquals(Duration.ofHours(1), FlannelHost.margin(Duration.ofDays(1)));
    assertEquals(Duration.ofSeconds(30), FlannelHost.margin(Duration.ofMinutes(1)));
  }
}
