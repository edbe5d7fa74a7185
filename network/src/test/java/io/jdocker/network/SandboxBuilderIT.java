package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.netlink.LinkReaper;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.firewall.FirewallOnPaper;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.namespace.Namespaces;
import io.jdocker.network.ports.StaleFlows;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The order in which a sandbox is built and taken down, and that each failing step undoes what
 * stood before it. Namespaces are real; networks only note what they are told, and rules are on
 * paper.
 */
class SandboxBuilderIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String ID = "0123456789abcdef";
  private static final String PIN = "0123456789ab";
  private static final Network BLUE = NetworkBuilder.bridge("blue", "10.1.0.0/24");
  private static final Network RED = NetworkBuilder.bridge("red", "10.2.0.0/24");

  @TempDir private Path folder;
  private final FakeDriver driver = FakeDriver.bridge();
  private final FirewallOnPaper paper = new FirewallOnPaper();
  private Rtnetlink host;
  private Namespaces namespaces;
  private NameService names;
  private SandboxBuilder builder;

  @BeforeEach
  void open() {
    NetworkCatalog catalog =
        new NetworkCatalog(new StateFolder<>(folder.resolve("networks"), Network.class));
    catalog.put(BLUE);
    catalog.put(RED);
    host = Rtnetlink.open(KERNEL);
    namespaces = new Namespaces(KERNEL, folder.resolve("pins"), folder.resolve("names"), 0);
    names =
        new NameService(
            KERNEL, catalog, new NameRedirect(KERNEL, "/nowhere"), new NameFiles(), 40000);
    builder =
        new SandboxBuilder(
            catalog,
            new Drivers(List.of(driver)),
            new PublishedPorts(
                catalog,
                new Drivers(List.of(driver)),
                paper.firewalls(),
                new StaleFlows(KERNEL, host)),
            namespaces,
            new LinkReaper(KERNEL),
            names);
  }

  @AfterEach
  void nothingStays() throws IOException {
    namespaces.list().forEach(namespaces::remove);
    namespaces.close();
    names.close();
    host.close();
    assertFalse(Files.readString(Path.of("/proc/self/mountinfo")).contains(folder.toString()));
  }

  private static StateBuilder container() {
    return StateBuilder.container(ID, "web").mode("blue");
  }

  private static SandboxState both() {
    return container()
        .on(BLUE, "10.1.0.2")
        .on(RED, "10.2.0.2")
        .publish(8080, Port.tcp(80))
        .publish(8081, Port.tcp(81))
        .build();
  }

  private void build(SandboxState state) {
    try (Undo undo = new Undo()) {
      builder.build(state, undo, Trace.off());
      undo.commit();
    }
  }

  private boolean isNamed() {
    return Files.exists(folder.resolve("names/jd-web"), LinkOption.NOFOLLOW_LINKS);
  }

  private List<String> translations() {
    return paper.rulesWith("DNAT --to-destination");
  }

  private void nothingIsLeft() {
    assertEquals(List.of(), namespaces.list());
    assertFalse(isNamed());
    assertEquals(List.of(), translations());
  }

  @Test
  void networksStandBeforeTheContainerJoinsAndItWaitsForAllOfThem() {
    build(both());
    assertEquals(
        List.of(
            "ensure blue",
            "ensure red",
            "join blue hairpin", // it has the default route, and with it the ports
            "join red",
            "ready blue",
            "ready red"),
        driver.calls());
    assertEquals(List.of(PIN), namespaces.list());
    assertTrue(isNamed());
    assertEquals(2, translations().size());
  }

  @Test
  void withoutPortsThereIsNoHairpinAndNoRule() {
    build(container().on(BLUE, "10.1.0.2").build());
    assertEquals(List.of("ensure blue", "join blue", "ready blue"), driver.calls());
    assertEquals(List.of(), translations());
  }

  @Test
  void whoSharesANamespaceGetsNone() {
    build(container().shared(false).build());
    assertEquals(List.of(), driver.calls());
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ensure blue",
        "ensure red",
        "join blue hairpin",
        "join red",
        "ready blue",
        "ready red"
      })
  void aFailingStepUndoesWhatWasBefore(String step) {
    driver.fail(step);
    SystemFailure failure = assertThrows(SystemFailure.class, () -> build(both()));
    assertEquals("the kernel refuses: " + step, failure.getMessage());
    List<String> calls = driver.calls();
    boolean joined = !step.startsWith("ensure");
    assertEquals(joined, calls.contains("leave blue"), calls.toString());
    assertEquals(
        joined && !step.startsWith("join blue"), calls.contains("leave red"), calls.toString());
    nothingIsLeft();

    driver.fail("");
    build(both());
    assertEquals(2, translations().size(), "once out of the way, the same start succeeds");
  }

  @Test
  void aRefusedRuleUndoesTheNamespaceAndLeavesTheNetworks() {
    paper.refuse("--dport 8081 ");
    assertThrows(SystemFailure.class, () -> build(both()));
    List<String> calls = driver.calls();
    assertEquals(List.of("leave red", "leave blue"), calls.subList(calls.size() - 2, calls.size()));
    nothingIsLeft();
  }

  @Test
  void anUndoThatFailsDoesNotKeepTheOthersFromRunning() {
    SandboxState state = both();
    SystemFailure undone =
        assertThrows(
            SystemFailure.class,
            () -> {
              try (Undo undo = new Undo()) {
                builder.build(state, undo, Trace.off());
                driver.fail("leave red");
              }
            });
    assertEquals(
        "cannot take the container off network red: the kernel refuses: leave red",
        undone.getMessage());
    assertTrue(driver.calls().contains("leave blue"));
    nothingIsLeft();
  }

  @Test
  void aNamespaceNameThatAnotherTookIsNotTouched() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("names")).resolve("jd-web");
    Files.writeString(taken, "somebody's");
    assertTrue(
        assertThrows(SystemFailure.class, () -> build(both()))
            .getMessage()
            .contains("jd-web was taken meanwhile"));
    assertEquals("somebody's", Files.readString(taken));
    assertEquals(List.of(), namespaces.list());
    assertEquals(List.of(), translations());
  }

  @Test
  void takingDownIsTheWayBack() {
    build(both());
    driver.calls();
    builder.tearDown(both(), Trace.off());
    assertEquals(List.of("leave red", "leave blue"), driver.calls());
    nothingIsLeft();
  }

  @Test
  void takingDownAgainOrWhatWasNeverBuiltIsNoError() {
    builder.tearDown(both(), Trace.off());
    build(both());
    builder.tearDown(both(), Trace.off());
    builder.tearDown(both(), Trace.off());
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave red", "leave blue"})
  void takingDownGoesOnWhenAStepFails(String step) {
    build(both());
    driver.calls();
    driver.fail(step);
    SystemFailure failure =
        assertThrows(SystemFailure.class, () -> builder.tearDown(both(), Trace.off()));
    assertTrue(failure.getMessage().endsWith("the kernel refuses: " + step), failure.getMessage());
    assertEquals(List.of("leave red", "leave blue"), driver.calls());
    nothingIsLeft();
  }

  @Test
  void whoSharesANamespaceDoesNotRemoveIt() {
    build(container().on(BLUE, "10.1.0.2").build());
    builder.tearDown(container().shared(false).build(), Trace.off());
    assertEquals(List.of(PIN), namespaces.list());
    assertTrue(isNamed());
  }

  @Test
  void aRunningContainerIsResumedWithoutBeingJoinedAnew() {
    build(both());
    driver.calls();
    builder.resume(both().sandbox());
    assertEquals(
        List.of("ensure blue", "rejoin blue hairpin", "ensure red", "rejoin red"), driver.calls());
    assertEquals(2, translations().size(), "each rule once");
  }

  @Test
  void withdrawnPortsAreClosedAndTheRestStays() {
    build(both());
    driver.calls();
    builder.withdraw(both().sandbox());
    assertEquals(List.of(), translations());
    assertEquals(List.of(), driver.calls());
    assertEquals(List.of(PIN), namespaces.list());
  }

  @Test
  void portsArePublishedAtTheAddressWithTheDefaultRoute() {
    Network deep = NetworkBuilder.network("deep").subnet("10.3.0.0/24").internal().build();
    Sandbox sandbox =
        container()
            .on(deep, "10.3.0.2")
            .on(RED, "10.2.0.2")
            .publish(8080, Port.tcp(80))
            .build()
            .sandbox();
    assertEquals("10.2.0.2", builder.relayTarget(sandbox).orElseThrow().toString());
    Sandbox inside = container().on(deep, "10.3.0.2").publish(8080, Port.tcp(80)).build().sandbox();
    assertTrue(builder.relayTarget(inside).isEmpty(), "there is no way in");
    Sandbox closed = container().on(RED, "10.2.0.2").build().sandbox();
    assertTrue(builder.relayTarget(closed).isEmpty(), "nothing is published");
  }
}
