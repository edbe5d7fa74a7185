package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.testing.HostNamespaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is killed leaves nothing that the next one does not repair or remove. */
class RestoreIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final int KILLS = 12;

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root, EngineToKill.options(root));
  }

  @AfterEach
  void close() {
    host.close();
  }

  private Process start(String argument) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return host.machines()
        .startHost(
            "exec "
                + java
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                + System.getProperty("java.class.path")
                + "' "
                + EngineToKill.class.getName()
                + " "
                + root
                + " "
                + argument);
  }

  /** Skips the warnings that newer Javas print about native access. */
  private static void awaitAttached(Process engine) {
    assertTrue(engine.inputReader().lines().anyMatch("attached"::equals));
  }

  private static void kill(Process engine) throws InterruptedException {
    engine.destroyForcibly().waitFor();
  }

  @Test
  void whateverAKillLeavesIsRemoved() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < KILLS; i++) {
      host.stop();
      Process engine = start("");
      awaitAttached(engine);
      Thread.sleep(random.nextInt(150));
      kill(engine);
      host.start(EngineToKill.options(root), Set.of());
      assertEquals("", host.machines().shell("ip -o link 2>/dev/null | grep -E 'veth'").output());
      host.with(n -> n.prune(network -> true));
    }
  }

  @Test
  void aLiveContainerKeepsItsPorts() throws Exception {
    host.stop();
    Process engine = start("hold");
    awaitAttached(engine);
    kill(engine);
    host.machines().shell("ip link del jdocker0; iptables -t nat -F"); // drift to be repaired
    host.start(EngineToKill.options(root), Set.of(TestHost.id(1)));

    Sandbox sandbox = host.with(n -> n.find(TestHost.id(1))).orElseThrow();
    host.servePeer(sandbox, 80);
    String get = "curl -sg -m 4 http://";
    assertEquals(
        HostNamespaces.REMOTE,
        host.machines().remoteShell(get + HostNamespaces.HOST + ":8001/").output());
    assertEquals("172.17.0.1", host.machines().shell(get + "[::1]:8001/").output());
    assertThrows(
        SystemFailure.class, () -> host.attachBridge(2, PortMapping.of(8001, Port.tcp(80))));
    assertEquals(
        "172.17.0.3/16",
        host.attachBridge(3).endpoints().get(0).address().orElseThrow().toString());
    host.detach(TestHost.id(1));
  }

  @Test
  void aPortTakenMeanwhileIsReportedAndTheRestGoesOn() {
    host.attachBridge(1, PortMapping.of(8001, Port.tcp(80)));
    Sandbox second = host.attachBridge(2, PortMapping.of(8002, Port.tcp(80)));
    host.servePeer(second, 80);
    host.stop();
    host.background(host.machines().startHost("exec busybox nc -l -p 8001"));
    TestHost.await(
        () -> host.machines().shell("ss -Hltn 'sport = :8001'").output().contains(":8001"));
    List<SystemFailure> problems =
        host.start(EngineToKill.options(root), Set.of(TestHost.id(1), TestHost.id(2)));
    assertEquals(1, problems.size());
    assertEquals(
        true, problems.get(0).getMessage().startsWith("container c1 has lost its published ports"));
    assertEquals(List.of(), host.with(n -> n.find(TestHost.id(1))).orElseThrow().bindings());
    assertEquals(
        HostNamespaces.REMOTE,
        host.machines()
            .remoteShell("curl -s -m 4 http://" + HostNamespaces.HOST + ":8002/")
            .output());
  }

  @Test
  void restoreCanBeDoneAgain() {
    Sandbox sandbox = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.servePeer(sandbox, 80);
    String before = host.machines().shell("iptables-save | grep -v '^[#:]'").output();
    host.machines().run(() -> host.with(n -> restored(n, Set.of(TestHost.id(1)))));
    host.machines().run(() -> host.with(n -> restored(n, Set.of(TestHost.id(1)))));
    assertEquals(before, host.machines().shell("iptables-save | grep -v '^[#:]'").output());
    assertEquals(0, host.machines().shell("curl -s -m 4 http://127.0.0.1:8080/").status());
    host.machines().run(() -> host.with(n -> restored(n, Set.of())));
    assertNotEquals(0, host.machines().shell("curl -s -m 4 http://127.0.0.1:8080/").status());
  }

  private static boolean restored(Networks networks, Set<String> live) {
    networks.restore(live);
    return true;
  }
}
