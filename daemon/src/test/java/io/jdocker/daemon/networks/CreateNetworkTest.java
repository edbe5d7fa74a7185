package io.jdocker.daemon.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.daemon.json.Json;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.NetworkSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateNetworkTest {
  private final Json json = new Json();

  private NetworkSpec spec(String body) {
    return json.read(body, CreateNetwork.class).spec();
  }

  private static NetworkSpec plain(String name, String driver) {
    return new NetworkSpec(
        name,
        driver,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        false,
        false,
        Map.of(),
        Map.of());
  }

  @Test
  void dockerCommand28() {
    assertEquals(
        plain("n1", "bridge"),
        spec(
            """
            {"Name":"n1","Driver":"bridge","Scope":"","EnableIPv4":null,"EnableIPv6":null,
             "IPAM":{"Driver":"default","Options":{},"Config":[]},"Internal":false,
             "Attachable":false,"Ingress":false,"ConfigOnly":false,"ConfigFrom":null,
             "Options":{},"Labels":{}}\
            """));
  }

  @Test
  void dockerJavaSendsNullsAndOneNameInTwoCases() {
    assertEquals(
        plain("n1", ""),
        spec(
            """
            {"Name":"n1","Driver":null,"IPAM":null,"Options":null,"CheckDuplicate":true,
             "Internal":null,"enableIPv6":null,"EnableIPv6":null,"Attachable":null,
             "Labels":null}\
            """));
  }

  @Test
  void everythingThatCanBeChosen() {
    NetworkSpec spec =
        spec(
            """
            {"Name":"n1","Driver":"bridge","Scope":"local","EnableIPv4":true,"Internal":true,
             "Attachable":true,"ConfigFrom":{"Network":""},
             "IPAM":{"Driver":"","Config":[{"Subnet":"10.1.0.0/16","IPRange":"10.1.2.0/24",
              "Gateway":"10.1.0.254","AuxiliaryAddresses":{"router":"10.1.0.9"}}]},
             "Options":{"com.docker.network.driver.mtu":"1400"},"Labels":{"a":"b"}}\
            """);
    assertEquals(
        new NetworkSpec(
            "n1",
            "bridge",
            Optional.of("10.1.0.0/16"),
            Optional.of("10.1.2.0/24"),
            Optional.of("10.1.0.254"),
            Map.of("router", "10.1.0.9"),
            true,
            true,
            false,
            Map.of("com.docker.network.driver.mtu", "1400"),
            Map.of("a", "b")),
        spec);
  }

  @Test
  void emptyTextsOfASubnetAreNotSet() {
    assertEquals(
        plain("n1", ""),
        spec("{\"Name\":\"n1\",\"IPAM\":{\"Config\":[{\"Subnet\":\"\",\"Gateway\":\"\"}]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Scope\":\"swarm\"|Scope \"swarm\"",
        "\"EnableIPv4\":false|EnableIPv4=false",
        "\"Ingress\":true|Ingress",
        "\"ConfigOnly\":true|ConfigOnly",
        "\"ConfigFrom\":{\"Network\":\"x\"}|ConfigFrom",
        "\"IPAM\":{\"Driver\":\"dhcp\"}|the IPAM driver dhcp",
        "\"IPAM\":{\"Options\":{\"a\":\"b\"}}|IPAM options",
        "\"IPAM\":{\"Config\":[{\"Subnet\":\"10.1.0.0/24\"},{\"Subnet\":\"10.2.0.0/24\"}]}|more"
            + " than one subnet of a protocol",
      })
  void whatCannotBeDoneIsRefusedByName(String keys, String what) {
    Unsupported refused =
        assertThrows(Unsupported.class, () -> spec("{\"Name\":\"n1\"," + keys + "}"));
    assertEquals(
        "cannot create network n1: " + what + " is not supported by this version of jdocker",
        refused.getMessage());
  }

  @Test
  void aNameIsNeeded() {
    InvalidArgument wrong = assertThrows(InvalidArgument.class, () -> spec("{}"));
    assertEquals("network name cannot be empty", wrong.getMessage());
  }
}
