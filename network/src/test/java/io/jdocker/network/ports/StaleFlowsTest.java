package io.jdocker.network.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.netlink.Conntrack.Flow;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connections a published port makes the kernel forget: its own and no others. */
class StaleFlowsTest {
  private static final Set<InetAddress> OWN =
      Set.of(address("203.0.113.1"), address("172.17.0.1"), address("127.0.0.1"));

  private static InetAddress address(String text) {
    return Ipv4.of(text).toInetAddress();
  }

  @ParameterizedTest(name = "published on {0}:{1}, flow {2} to {3}:{4} -> {5}")
  @CsvSource({
    "0.0.0.0,     53, 17, 203.0.113.1, 53, true", // an address of the host
    "0.0.0.0,     53, 17, 172.17.0.1,  53, true", // a container's own gateway
    "0.0.0.0,     53, 17, 127.0.0.53,  53, true", // all of 127.0.0.0/8 is the host
    "0.0.0.0,     53, 17, 8.8.8.8,     53, false", // somebody's DNS query passing through
    "0.0.0.0,     53, 17, 203.0.113.1, 54, false",
    "0.0.0.0,     53,  6, 203.0.113.1, 53, false", // TCP
    "127.0.0.1,   53, 17, 127.0.0.1,   53, true",
    "127.0.0.1,   53, 17, 203.0.113.1, 53, false",
    "203.0.113.1, 53, 17, 203.0.113.1, 53, true",
    "203.0.113.1, 53, 17, 203.0.113.2, 53, false",
  })
  void aFlowIsToAPublishedPort(
      String host, int port, int protocol, String destination, int to, boolean expected) {
    Flow flow = new Flow(protocol, address("203.0.113.9"), 7000, address(destination), to);
    PortBinding binding = new PortBinding(Port.udp(5300), host, port);
    assertEquals(expected, StaleFlows.isTo(flow, binding, OWN));
  }
}
