package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.firewall.BridgeRules;
import io.jdocker.network.firewall.FirewallOnPaper;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What containers know of one another: lines in /etc/hosts, variables, and opened ports. */
class NeighboursTest {
  private static final Network BRIDGE =
      NetworkBuilder.network("bridge")
          .subnet("172.17.0.0/16")
          .option(BridgeOptions.ICC, "false")
          .build();
  private static final Network BLUE = NetworkBuilder.bridge("blue", "10.1.0.0/24");
  private static final Network DEEP =
      NetworkBuilder.network("deep").subnet("10.3.0.0/24").internal().build();

  @TempDir private Path folder;
  private final ConcurrentMap<String, LiveSandbox> live = new ConcurrentHashMap<>();
  private final FirewallOnPaper paper = new FirewallOnPaper();
  private Neighbours neighbours;

  @BeforeEach
  void open() {
    NetworkCatalog catalog =
        new NetworkCatalog(new StateFolder<>(folder.resolve("networks"), Network.class));
    for (Network network : List.of(BRIDGE, BLUE, DEEP)) {
      catalog.put(network);
      paper
          .firewall()
          .addBridge(
              new BridgeRules(
                  network.bridge(),
                  network.ipam().orElseThrow().subnet(),
                  network.ipam().orElseThrow().gateway(),
                  network.internal(),
                  BridgeOptions.of(network).communication(),
                  true))
          .await();
    }
    neighbours = new Neighbours(live, catalog, paper.firewall(), new NameFiles());
  }

  private NamesSpec names(String hostname, String domain, String... extra) {
    try {
      Path files = Files.createDirectories(folder.resolve(hostname));
      return new NamesSpec(
          files, hostname, domain, List.of(extra), List.of("192.0.2.53"), List.of(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SandboxState join(StateBuilder builder) {
    SandboxState state = builder.build();
    live.put(state.sandbox().containerId(), new LiveSandbox(state));
    neighbours.joined(state, Trace.off());
    return state;
  }

  private SandboxState move(StateBuilder builder) {
    SandboxState state = builder.build();
    live.get(state.sandbox().containerId()).state(state);
    neighbours.moved(state);
    return state;
  }

  private void leave(SandboxState state) {
    live.remove(state.sandbox().containerId());
    neighbours.left(state);
  }

  private String file(String hostname, String name) {
    try {
      return Files.readString(folder.resolve(hostname).resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that are the container's own, without those that every container has. */
  private List<String> hosts(String hostname) {
    List<String> lines = file(hostname, "hosts").lines().toList();
    assertTrue(lines.get(0).endsWith("localhost"), "localhost comes first");
    return lines.stream()
        .filter(l -> !l.contains("localhost") && !l.contains("ip6-"))
        .map(l -> l.replace('\t', ' '))
        .toList();
  }

  private static StateBuilder database() {
    return StateBuilder.container("db0123456789abc", "db");
  }

  private StateBuilder web() {
    return StateBuilder.container("web0", "web").names(names("box", ""));
  }

  @ParameterizedTest(name = "hostname {0} domain {1}")
  @CsvSource({
    "box,       '',          172.17.0.2 box, box",
    "box,       example.org, 172.17.0.2 box.example.org box, box.example.org",
    "box.inner, '',          172.17.0.2 box.inner box, box.inner",
    "a.b,       c,           172.17.0.2 a.b.c a.b a, a.b.c",
  })
  void aContainerKnowsItself(String hostname, String domain, String line, String written) {
    join(
        StateBuilder.container("web0", "web")
            .on(BRIDGE, "172.17.0.2")
            .names(names(hostname, domain)));
    assertEquals(List.of(line), hosts(hostname));
    assertEquals(written + "\n", file(hostname, "hostname"));
    assertTrue(file(hostname, "resolv.conf").contains("nameserver 192.0.2.53"));
  }

  @Test
  void itHasALineForEachOfItsAddressesAndTheExtraOnesFirst() {
    join(
        StateBuilder.container("web0", "web")
            .on(BLUE, "10.1.0.2")
            .on(DEEP, "10.3.0.2")
            .names(names("box", "", "far:192.0.2.7", "up:host-gateway")));
    assertEquals(
        List.of("192.0.2.7 far", "10.1.0.1 up", "10.1.0.2 box", "10.3.0.2 box"), hosts("box"));
  }

  @Test
  void withoutAGatewayTheHostIsReachedByLoopback() {
    join(
        StateBuilder.container("web0", "web")
            .on(DEEP, "10.3.0.2")
            .names(names("box", "", "up:host-gateway")));
    assertEquals(List.of("127.0.0.1 up", "10.3.0.2 box"), hosts("box"));
  }

  @Test
  void aContainerWithTheHostsNamespaceHasTheHostsFileWithItsOwnLinesBehind() throws IOException {
    join(
        StateBuilder.container("web0", "web")
            .mode("host")
            .shared(true)
            .names(names("box", "", "far:192.0.2.7")));
    String text = file("box", "hosts");
    Path hosts = Path.of("/etc/hosts");
    assertTrue(text.startsWith(Files.exists(hosts) ? Files.readString(hosts) : ""), text);
    assertTrue(text.endsWith("192.0.2.7\tfar\n"), text);
  }

  @Test
  void aLinkOnTheDefaultBridgeIsALineWithAliasIdAndName() {
    SandboxState db = join(database().on(BRIDGE, "172.17.0.2"));
    join(web().on(BRIDGE, "172.17.0.3").link(db, "sql"));
    assertEquals(List.of("172.17.0.2 sql db0123456789 db", "172.17.0.3 box"), hosts("box"));
  }

  @Test
  void aLinkOnAUserDefinedNetworkIsLeftToTheNameServer() {
    SandboxState db = join(database().on(BLUE, "10.1.0.2"));
    join(web().on(BLUE, "10.1.0.3").link(db, "sql"));
    assertEquals(List.of("10.1.0.3 box"), hosts("box"));
  }

  @Test
  void aLinkAcrossNetworksIsNoLine() {
    SandboxState db = join(database().on(BLUE, "10.1.0.2"));
    join(web().on(BRIDGE, "172.17.0.3").link(db, "sql"));
    assertEquals(List.of("172.17.0.3 box"), hosts("box"));
  }

  @Test
  void theLineFollowsTheTargetToItsNextAddressAndGoesWithIt() {
    SandboxState db = join(database().on(BRIDGE, "172.17.0.2"));
    join(web().on(BRIDGE, "172.17.0.3").link(db, "sql"));
    leave(db);
    assertEquals(List.of("172.17.0.3 box"), hosts("box"));
    SandboxState again = join(database().on(BRIDGE, "172.17.0.9"));
    assertEquals(List.of("172.17.0.9 sql db0123456789 db", "172.17.0.3 box"), hosts("box"));
    move(database().on(BLUE, "10.1.0.9"));
    assertEquals(List.of("172.17.0.3 box"), hosts("box"));
    leave(again);
  }

  @Test
  void whoLeftIsNotWrittenAgain() throws IOException {
    SandboxState db = join(database().on(BRIDGE, "172.17.0.2"));
    SandboxState web = join(web().on(BRIDGE, "172.17.0.3").link(db, "sql"));
    leave(web);
    Files.delete(folder.resolve("box/hosts"));
    move(database().on(BRIDGE, "172.17.0.8"));
    assertFalse(Files.exists(folder.resolve("box/hosts")));
  }

  @Test
  void aFileThatTheCallerRemovedStaysAway() throws IOException {
    SandboxState db = join(database().on(BRIDGE, "172.17.0.2"));
    join(web().on(BRIDGE, "172.17.0.3").link(db, "sql"));
    Files.delete(folder.resolve("box/hosts")); // a removal is under way
    move(database().on(BRIDGE, "172.17.0.8"));
    assertFalse(Files.exists(folder.resolve("box/hosts")));
  }

  @Test
  void withoutCommunicationALinkOpensThePortsThatTheTargetExposes() {
    SandboxState db = join(database().on(BRIDGE, "172.17.0.2"));
    SandboxState web =
        join(web().on(BRIDGE, "172.17.0.3").link(db, "sql", Port.tcp(5432), Port.udp(53)));
    assertEquals(
        List.of(
            "-i br-bridge -o br-bridge -s 172.17.0.3/32 -d 172.17.0.2/32 -p udp --dport 53"
                + " -j ACCEPT",
            "-i br-bridge -o br-bridge -s 172.17.0.2/32 -d 172.17.0.3/32 -p udp --sport 53"
                + " -j ACCEPT",
            "-i br-bridge -o br-bridge -s 172.17.0.3/32 -d 172.17.0.2/32 -p tcp --dport 5432"
                + " -j ACCEPT",
            "-i br-bridge -o br-bridge -s 172.17.0.2/32 -d 172.17.0.3/32 -p tcp --sport 5432"
                + " -j ACCEPT"),
        paper.rulesWith("172.17.0.3/32"));
    leave(web);
    assertEquals(List.of(), paper.rulesWith("172.17.0.3/32"));
  }

  @Test
  void openedPortsFollowTheTarget() {
    SandboxState db = join(database().on(BRIDGE, "172.17.0.2"));
    join(web().on(BRIDGE, "172.17.0.3").link(db, "sql", Port.tcp(5432)));
    leave(db);
    assertEquals(List.of(), paper.rulesWith("5432"));
    join(database().on(BRIDGE, "172.17.0.9"));
    List<String> rules = paper.rulesWith("5432");
    assertEquals(2, rules.size());
    rules.forEach(r -> assertTrue(r.contains("172.17.0.9/32"), r));
  }

  @Test
  void whereAllMayTalkALinkOpensNothing() {
    SandboxState db = join(database().on(BLUE, "10.1.0.2"));
    join(web().on(BLUE, "10.1.0.3").link(db, "sql", Port.tcp(5432)));
    assertEquals(List.of(), paper.rulesWith("5432"));
  }

  @Test
  void aLinkNeedsARunningContainer() {
    SandboxState db = database().on(BRIDGE, "172.17.0.2").build();
    SandboxRequest request = request(web().on(BRIDGE, "172.17.0.3").link(db, "sql").build());
    assertEquals(
        "Cannot link to a non running container: /db AS /web/sql",
        assertThrows(Conflict.class, () -> neighbours.validate(request)).getMessage());
    live.put("db0123456789abc", new LiveSandbox(db));
    assertDoesNotThrow(() -> neighbours.validate(request));
  }

  private static SandboxRequest request(SandboxState state) {
    return new SandboxRequest(
        state.sandbox().containerId(),
        state.sandbox().containerName(),
        new NetworkMode.Bridge(),
        List.of(),
        List.of(),
        false,
        Set.of(),
        state.links(),
        state.names());
  }

  @ParameterizedTest
  @CsvSource({"far", ":192.0.2.1", "far:not-an-address", "far:300.1.1.1", "far:"})
  void anExtraHostThatIsNoneIsRefusedFirst(String extra) {
    SandboxState state =
        StateBuilder.container("web0", "web")
            .on(BRIDGE, "172.17.0.3")
            .names(names("box", "", extra))
            .build();
    assertThrows(InvalidArgument.class, () -> neighbours.validate(request(state)));
  }

  @Test
  void variablesTellOfLinksOnTheDefaultBridgeAlone() {
    SandboxState db = join(database().on(BRIDGE, "172.17.0.2").on(BLUE, "10.1.0.2"));
    SandboxState byDefault = web().on(BRIDGE, "172.17.0.3").link(db, "sql", Port.tcp(5432)).build();
    List<String> variables =
        neighbours.environment(request(byDefault), byDefault.sandbox().endpoints());
    assertTrue(variables.contains("SQL_NAME=/web/sql"), variables.toString());
    assertTrue(variables.contains("SQL_PORT_5432_TCP=tcp://172.17.0.2:5432"), "" + variables);
    assertTrue(variables.contains("SQL_ENV_LEVEL=high"), variables.toString());

    SandboxState byChoice = web().on(BLUE, "10.1.0.3").link(db, "sql", Port.tcp(5432)).build();
    assertEquals(
        List.of(), neighbours.environment(request(byChoice), byChoice.sandbox().endpoints()));
  }

  @Test
  void aTargetThatEndedMeanwhileHasNoVariables() {
    SandboxState db = database().on(BRIDGE, "172.17.0.2").build();
    SandboxState web = web().on(BRIDGE, "172.17.0.3").link(db, "sql").build();
    assertEquals(List.of(), neighbours.environment(request(web), web.sandbox().endpoints()));
    live.put("db0123456789abc", new LiveSandbox()); // it is starting: nothing is known of it yet
    assertEquals(List.of(), neighbours.environment(request(web), web.sandbox().endpoints()));
  }

  @Test
  void aContainerWithoutNameFilesGetsNone() throws IOException {
    join(StateBuilder.container("web0", "web").on(BRIDGE, "172.17.0.2"));
    try (var files = Files.list(folder)) {
      assertEquals(Optional.of("networks"), files.map(f -> f.getFileName().toString()).findFirst());
    }
  }
}
