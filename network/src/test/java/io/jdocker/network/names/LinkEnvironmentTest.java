package io.jdocker.network.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.network.Ipv4;
import io.jdocker.network.Link;
import io.jdocker.network.Port;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkEnvironmentTest {
  private static final Ipv4 ADDRESS = Ipv4.of("172.17.0.2");

  @Test
  void portsAreSortedAndTheLowestIsTheDefault() {
    Link link =
        new Link("id", "web", "my-web", Set.of(Port.tcp(443), Port.udp(53)), List.of("A=b=c"));
    assertEquals(
        List.of(
            "MY_WEB_PORT=udp://172.17.0.2:53",
            "MY_WEB_PORT_53_UDP=udp://172.17.0.2:53",
            "MY_WEB_PORT_53_UDP_ADDR=172.17.0.2",
            "MY_WEB_PORT_53_UDP_PORT=53",
            "MY_WEB_PORT_53_UDP_PROTO=udp",
            "MY_WEB_PORT_443_TCP=tcp://172.17.0.2:443",
            "MY_WEB_PORT_443_TCP_ADDR=172.17.0.2",
            "MY_WEB_PORT_443_TCP_PORT=443",
            "MY_WEB_PORT_443_TCP_PROTO=tcp",
            "MY_WEB_NAME=/client/my-web",
            "MY_WEB_ENV_A=b=c"),
        LinkEnvironment.of("client", link, ADDRESS));
  }

  @Test
  void withoutPortsThereIsANameAlone() {
    Link link = new Link("id", "web", "db", Set.of(), List.of("PATH=/bin", "HOME=/", "broken"));
    assertEquals(List.of("DB_NAME=/c/db"), LinkEnvironment.of("c", link, ADDRESS));
  }
}
