package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.testing.EngineRoom;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.LeakCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of containers when their engine ends, in each of the ways it can. */
class LifetimeIT {
  private static final long PATIENCE_SECONDS = 60;

  private static ContainerRequest sleeper(String name) {
    return ContainerRequest.image("busybox").name(name).command("sleep", "600").build();
  }

  @Test
  void persistentContainersGoOnAndTheNextEngineHasThem() throws IOException {
    try (EngineRoom room = EngineRoom.open(Lifetime.PERSISTENT)) {
      int pid = room.engine().containers().start(sleeper("goes-on")).inspect().pid();
      ContainerEngine next = room.reopen();
      assertEquals(pid, next.containers().get("goes-on").inspect().pid());
      assertTrue(next.containers().get("goes-on").exec("true").succeeded());
    }
  }

  @Test
  void othersEndWithTheirEngineAndImagesStay() throws IOException {
    try (EngineRoom room = EngineRoom.open(Lifetime.PROCESS)) {
      ContainerEngine engine = room.engine();
      int pid = engine.containers().start(sleeper("ends")).inspect().pid();
      engine.networks().create(NetworkRequest.named("ends-too"));
      engine.volumes().create("and-this");
      ContainerEngine next = room.reopen();
      assertFalse(Files.exists(Path.of("/proc/" + pid)));
      assertEquals(List.of(), next.containers().list());
      assertEquals(3, next.networks().list().size());
      assertEquals(List.of(), next.volumes().list());
      assertEquals(1, next.images().list().size());
    }
  }

  @Test
  void whatAnEarlierEngineLeftIsRemovedAtTheOpening() throws IOException {
    EngineSettings settings = EngineRoom.settings();
    try (ContainerEngine engine = ContainerEngine.open(settings)) {
      EngineRoom.importBusybox(engine);
      engine.containers().start(sleeper("left"));
      engine.volumes().create("left-too");
    }
    try (ContainerEngine engine = ContainerEngine.open(settings.withLifetime(Lifetime.PROCESS))) {
      assertEquals(List.of(), engine.containers().list());
      assertEquals(List.of(), engine.volumes().list());
    }
    EngineRoom.delete(settings.root());
  }

  @Test
  void aRootHasOneEngine() throws IOException {
    try (EngineRoom room = EngineRoom.open(Lifetime.PERSISTENT)) {
      Conflict refused =
          assertThrows(Conflict.class, () -> ContainerEngine.open(room.settingsInUse()));
      assertTrue(
          refused.getMessage().startsWith("this process has an engine on "), refused.getMessage());
      assertEquals(Optional.empty(), room.engine().containers().find("anything"));
    }
  }

  @Test
  void onlyTheRootItselfIsClosedToOthers(@TempDir Path folder) throws IOException {
    Path root = folder.resolve("above/root");
    EngineSettings settings =
        EngineSettings.of(root).withBridge("jdabove").withCgroupParent("/jdocker-test-above");
    ContainerEngine.open(settings).close();
    assertEquals("rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
    assertTrue(
        Files.getPosixFilePermissions(root.getParent()).contains(PosixFilePermission.OTHERS_READ));
  }

  @Test
  void closingTwiceIsNothing() throws IOException {
    try (EngineRoom room = EngineRoom.open()) {
      room.engine().close();
      room.engine().close();
      room.reopen();
    }
  }

  @Test
  void aProcessThatIsKilledLeavesNothing() throws Exception {
    EngineSettings settings = EngineRoom.settings().withLifetime(Lifetime.PROCESS);
    String group = settings.cgroupParent().substring(1);
    try (HostNamespaces host = HostNamespaces.create(Kernel.load())) {
      LeakCheck before = LeakCheck.take(host, settings.root(), group);
      Process victim = host.run(() -> start(settings));
      int container;
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
        container = Integer.parseInt(String.valueOf(said.readLine()));
        assertTrue(Files.exists(Path.of("/proc/" + container)));
        victim.destroyForcibly().waitFor(); // SIGKILL
      }
      awaitNothing(host, settings, before, container);
    }
    EngineRoom.delete(settings.root());
  }

  private static Process start(EngineSettings settings) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            Victim.class.getName(),
            settings.root().toString(),
            settings.cgroupParent(),
            settings.bridge());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The root's lock is free again once all is done. */
  private static void awaitNothing(
      HostNamespaces host, EngineSettings settings, LeakCheck before, int container)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Map<String, List<String>> found = Map.of();
    while (System.nanoTime() < deadline) {
      found = LeakCheck.take(host, settings.root(), settings.cgroupParent().substring(1)).found();
      if (found.equals(before.found())
          && !Files.exists(Path.of("/proc/" + container))
          && isFree(settings.root())) {
        return;
      }
      Thread.sleep(50);
    }
    assertEquals(before.found(), found);
    throw new AssertionError("process " + container + " is left, or the root is in use");
  }

  private static boolean isFree(Path root) throws IOException {
    try {
      io.jdocker.runtime.RootLock.acquire(root).close();
      return true;
    } catch (Conflict e) {
      return false;
    }
  }

  /** Opens an engine, starts a container on a network with a published port, and waits. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws InterruptedException {
      EngineSettings settings =
          EngineSettings.of(Path.of(arguments[0]))
              .withLifetime(Lifetime.PROCESS)
              .withCgroupParent(arguments[1])
              .withBridge(arguments[2]);
      ContainerEngine engine = ContainerEngine.open(settings);
      EngineRoom.importBusybox(engine);
      Network network = engine.networks().create(NetworkRequest.named("doomed"));
      Container container =
          engine
              .containers()
              .start(
                  ContainerRequest.image("busybox")
                      .command("sleep", "600")
                      .network(network)
                      .port(80)
                      .build());
      System.out.println(container.inspect().pid());
      Thread.sleep(TimeUnit.SECONDS.toMillis(600));
    }
  }
}
