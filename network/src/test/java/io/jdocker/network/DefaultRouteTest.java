package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of a container's networks the default route goes by. */
class DefaultRouteTest {
  /**
   * {@code name}, {@code name=PRIORITY}; an internal one in brackets, one without addresses in
   * braces.
   */
  private static Map<Network, EndpointSpec> networks(String text) {
    Map<Network, EndpointSpec> networks = new LinkedHashMap<>();
    for (String word : text.split(" ", -1)) {
      String[] parts = word.replaceAll("[\\[\\]{}]", "").split("=", 2);
      Network network =
          new Network(
              parts[0],
              parts[0],
              "bridge",
              Instant.EPOCH,
              word.startsWith("{")
                  ? Optional.empty()
                  : Optional.of(IpamConfig.of(Cidr.of("10.0.0.0/24"), Ipv4.of("10.0.0.1"))),
              "",
              word.startsWith("["),
              false,
              Map.of(),
              Map.of());
      int priority = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
      networks.put(
          network,
          new EndpointSpec(parts[0], Optional.empty(), Optional.empty(), List.of(), priority));
    }
    return networks;
  }

  @ParameterizedTest(name = "{0}: by {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "blue,               blue",
        "red blue,           blue", // by name
        "bridge ndnet,       bridge", // as dockerd was seen to choose
        "red blue green,     blue",
        "red=1 blue,         red",
        "red blue=-1,        red",
        "red=5 blue=7,       blue",
        "red=-2 blue=-1,     blue",
        "[a] red,            red", // an internal one leads nowhere
        "[a=100] red=-100,   red",
        "{a=3} red,          red", // one without addresses neither
        "[a] [b],            -",
        "{a},                -",
        "B a,                B", // capitals come first, as in Go
      })
  void theHighestPriorityThenTheFirstName(String networks, String expected) {
    assertEquals(
        Optional.ofNullable(expected),
        SandboxPlanner.routed(networks(networks)).map(Network::name));
  }
}
