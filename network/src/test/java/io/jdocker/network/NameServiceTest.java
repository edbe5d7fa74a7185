package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which containers get a name server, and by which rules they are led to it. */
class NameServiceTest {
  private static final int PORT = 40053;
  private static final NamesSpec NAMES = NamesSpec.of(Path.of("/nowhere"), "box");
  private static final Network BRIDGE = NetworkBuilder.bridge("bridge", "172.17.0.0/16");
  private static final Network BLUE = NetworkBuilder.bridge("blue", "10.1.0.0/24");
  private static final Network DEEP =
      NetworkBuilder.network("deep").subnet("10.3.0.0/24").internal().build();
  private static final Network LOST = NetworkBuilder.bridge("lost", "10.4.0.0/24");

  @TempDir private Path folder;
  private NameService service;

  @BeforeEach
  void open() {
    NetworkCatalog catalog = new NetworkCatalog(new StateFolder<>(folder, Network.class));
    List.of(BRIDGE, BLUE, DEEP).forEach(catalog::put);
    Kernel kernel = Kernel.load();
    service =
        new NameService(
            kernel, catalog, new NameRedirect(kernel, "/nowhere"), new NameFiles(), PORT);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private static List<Endpoint> on(String networks) {
    StateBuilder container = StateBuilder.container("webid", "web");
    for (String name : networks.split(" ", -1)) {
      switch (name) {
        case "bridge" -> container.on(BRIDGE, "172.17.0.2");
        case "blue" -> container.on(BLUE, "10.1.0.2");
        case "deep" -> container.on(DEEP, "10.3.0.2");
        case "lost" -> container.on(LOST, "10.4.0.2");
        default -> assertEquals("", name);
      }
    }
    SandboxState state = container.build();
    return state.sandbox().endpoints();
  }

  @ParameterizedTest(name = "on \"{0}\": {1}")
  @CsvSource({
    "'', false", // host, none, or another's namespace
    "bridge, false", // as with dockerd: the host's name servers
    "blue, true",
    "deep, true", // the neighbours have names, if nobody else
    "bridge blue, true",
    "blue bridge, true",
    "lost, false", // its network's file was damaged
    "lost bridge, false",
    "lost blue, true",
  })
  void aUserDefinedNetworkBringsANameServer(String networks, boolean wanted) {
    assertEquals(wanted ? PORT : 0, service.choosePort(on(networks), Optional.of(NAMES)));
    assertEquals(
        0, service.choosePort(on(networks), Optional.empty()), "nobody reads it without files");
  }

  @Test
  void withoutAPortNothingLeadsThere() {
    assertTrue(service.lead(null, 0).isEmpty());
  }

  @RepeatedTest(20)
  void anyPortIsOneThatProgramsDoNotChoose() {
    int port = NameService.anyPort();
    assertTrue(port >= 32768 && port <= 60999, "" + port);
  }

  @Test
  void theRulesLeadPort53ThereAndTheAnswersBack() {
    assertEquals(
        List.of(
            "-N JDOCKER_OUTPUT",
            "-N JDOCKER_POSTROUTING",
            "-A OUTPUT -d 127.0.0.11/32 -j JDOCKER_OUTPUT",
            "-A POSTROUTING -d 127.0.0.11/32 -j JDOCKER_POSTROUTING",
            "-A JDOCKER_OUTPUT -d 127.0.0.11/32 -p tcp --dport 53 -j DNAT"
                + " --to-destination 127.0.0.11:40053",
            "-A JDOCKER_POSTROUTING -s 127.0.0.11/32 -p tcp --sport 40053 -j SNAT --to-source :53",
            "-A JDOCKER_OUTPUT -d 127.0.0.11/32 -p udp --dport 53 -j DNAT"
                + " --to-destination 127.0.0.11:40053",
            "-A JDOCKER_POSTROUTING -s 127.0.0.11/32 -p udp --sport 40053 -j SNAT --to-source :53"),
        NameRedirect.describe(PORT).stream()
            .map(c -> c.replaceFirst("^iptables -t nat ", ""))
            .toList());
  }
}
