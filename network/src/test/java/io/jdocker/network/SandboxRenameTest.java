package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.firewall.FirewallOnPaper;
import io.jdocker.network.firewall.NameRedirect;
import io.jdocker.network.names.NameFiles;
import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container's next name: in its own state, in the links to it, and in the files of those. */
class SandboxRenameTest {
  private static final Network BRIDGE = NetworkBuilder.bridge("bridge", "172.17.0.0/16");
  private static final SandboxState DB =
      StateBuilder.container("dbid", "db").on(BRIDGE, "172.17.0.2").build();

  @TempDir private Path folder;
  private final ConcurrentMap<String, LiveSandbox> live = new ConcurrentHashMap<>();
  private final FirewallOnPaper paper = new FirewallOnPaper();
  private StateFolder<SandboxState> files;
  private Neighbours neighbours;
  private NameService service;
  private SandboxRename renames;

  @BeforeEach
  void open() {
    NetworkCatalog catalog =
        new NetworkCatalog(new StateFolder<>(folder.resolve("networks"), Network.class));
    catalog.put(BRIDGE);
    files = new StateFolder<>(folder.resolve("sandboxes"), SandboxState.class);
    NameFiles nameFiles = new NameFiles();
    neighbours = new Neighbours(live, catalog, paper.firewall(), nameFiles);
    Kernel kernel = Kernel.load();
    service =
        new NameService(kernel, catalog, new NameRedirect(kernel, "/nowhere"), nameFiles, 40000);
    renames = new SandboxRename(files, live, neighbours, service);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private LiveSandbox start(SandboxState state) {
    LiveSandbox sandbox = new LiveSandbox(state);
    live.put(state.sandbox().containerId(), sandbox);
    files.write(state.sandbox().containerId(), state);
    neighbours.joined(state, Trace.off());
    return sandbox;
  }

  private SandboxState web() throws IOException {
    Path names = Files.createDirectories(folder.resolve("names"));
    return StateBuilder.container("webid", "web")
        .on(BRIDGE, "172.17.0.3")
        .link(DB, "sql")
        .names(NamesSpec.of(names, "box"))
        .build();
  }

  /** What a restarted engine would read: container names and link targets by id. */
  private Map<String, String> stored() {
    return files.load().objects().stream()
        .collect(
            Collectors.toMap(
                s -> s.sandbox().containerId(),
                s ->
                    s.sandbox().containerName()
                        + s.links().stream().map(Link::containerName).toList()));
  }

  @Test
  void theNameIsChangedInMemoryAndOnDisk() {
    LiveSandbox sandbox = start(DB);
    renames.rename("dbid", "store");
    assertEquals("store", sandbox.state().orElseThrow().sandbox().containerName());
    assertEquals(Map.of("dbid", "store[]"), stored());
  }

  @Test
  void linksNameTheTargetAnew() throws IOException {
    start(DB);
    start(web());
    renames.rename("dbid", "store");
    assertEquals(Map.of("dbid", "store[]", "webid", "web[store]"), stored());
    String hosts = Files.readString(folder.resolve("names/hosts"));
    assertTrue(hosts.contains("172.17.0.2\tsql dbid store\n"), hosts);
    assertFalse(hosts.contains(" db\n"), hosts);
  }

  @Test
  void theLinksAliasAndPortsStay() throws IOException {
    start(DB);
    LiveSandbox web = start(web());
    Link before = web.state().orElseThrow().links().get(0);
    renames.rename("dbid", "store");
    assertEquals(List.of(before.named("store")), web.state().orElseThrow().links());
  }

  @Test
  void aTargetThatDoesNotRunIsRenamedInTheLinksToIt() throws IOException {
    start(web());
    renames.rename("dbid", "store");
    assertEquals(Map.of("webid", "web[store]"), stored());
  }

  @Test
  void whoIsNotConcernedIsNotWrittenAgain() throws IOException {
    start(DB);
    start(StateBuilder.container("otherid", "other").on(BRIDGE, "172.17.0.4").build());
    Files.delete(folder.resolve("sandboxes/otherid.json"));
    renames.rename("dbid", "store");
    assertEquals(Map.of("dbid", "store[]"), stored());
  }

  @Test
  void aContainerThatWasDetachedMeanwhileIsNotWrittenAgain() {
    LiveSandbox sandbox = start(DB);
    files.delete("dbid");
    sandbox.markGone(); // a detach holds it still, but has removed its file
    renames.rename("dbid", "store");
    assertEquals(Map.of(), stored());
  }

  @Test
  void aContainerThatIsStillStartingHasNothingToRename() {
    live.put("dbid", new LiveSandbox());
    renames.rename("dbid", "store");
    assertEquals(Optional.empty(), live.get("dbid").state());
    assertEquals(Map.of(), stored());
  }
}
