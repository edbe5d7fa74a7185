package io.jdocker.runtime.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.ImageReference;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.network.NetworkSpec;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.container.WaitCondition;
import io.jdocker.runtime.fault.SmallDisk.Work;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.StreamSelection;
import io.jdocker.runtime.testing.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A disk with no byte left: a clear error, nothing lost, and all goes on once there is room. */
final class FullDiskIT {
  private static final long PATIENCE_SECONDS = 30;

  /** Says a word at each signal, and goes on. */
  private static final String TALKER =
      "trap 'echo during' USR1; trap 'echo after' USR2; echo before;"
          + " while :; do sleep 0.02; done";

  private SmallDisk disk;

  @BeforeEach
  void open() throws Exception {
    disk = new SmallDisk();
  }

  @AfterEach
  void close() throws Exception {
    disk.close();
  }

  private static void started(Engine engine, Specs specs) {
    engine.containers().create("subject", specs.spec());
    engine.containers().start("subject");
  }

  private static int awaitExit(Engine engine) throws Exception {
    return engine
        .containers()
        .await("subject", WaitCondition.NOT_RUNNING)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static Stream<Arguments> makers() {
    return Stream.of(
        maker("create", e -> e.containers().create("one", Specs.run("true").spec())),
        maker("import", e -> SmallImage.importInto(e.images(), "small")),
        maker("tag", e -> e.images().tag("busybox", ImageReference.parse("other:1"))),
        maker("volume create", e -> e.volumes().create("data", Map.of())),
        maker("network create", e -> e.networks().create(NetworkSpec.bridge("net1"))));
  }

  private static Arguments maker(String name, Work work) {
    return Arguments.of(name, work);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("makers")
  void whatCannotBeMadeIsRefusedAndLeavesNothing(String name, Work maker) throws Exception {
    disk.with(engine -> engine.containers().create("first", Specs.run("true").spec()));
    Set<String> before = disk.files();
    disk.fill();
    RuntimeException refused = assertThrows(RuntimeException.class, () -> disk.with(maker));
    assertTrue(refused.getMessage().contains("No space left on device"), refused.toString());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    assertEquals(before, disk.files());
    disk.empty();
    disk.with(maker);
  }

  @Test
  void aStartThatFindsNoRoomIsRefusedAndSucceedsLater() throws Exception {
    disk.with(engine -> engine.containers().create("subject", Specs.run("true").spec()));
    disk.fill();
    SystemFailure refused =
        assertThrows(
            SystemFailure.class, () -> disk.with(engine -> engine.containers().start("subject")));
    assertTrue(refused.getMessage().contains("No space left on device"), refused.getMessage());
    disk.with(
        engine ->
            assertEquals(Status.CREATED, engine.containers().get("subject").state().status()));
    disk.empty();
    disk.with(
        engine -> {
          engine.containers().start("subject");
          assertEquals(0, awaitExit(engine));
        });
  }

  @Test
  void aStartWithAPortThatFindsNoRoomKeepsNoPort() throws Exception {
    NetworkingSpec host = NetworkingSpec.standard("bridge");
    disk.with(
        engine ->
            engine
                .containers()
                .create("subject", Specs.run("sleep", "1000").networking(host).spec()));
    disk.fill();
    assertThrows(
        SystemFailure.class, () -> disk.with(engine -> engine.containers().start("subject")));
    disk.empty();
    disk.with(
        engine -> {
          engine.containers().start("subject");
          assertEquals(1, engine.networks().members("bridge").size());
        });
  }

  @Test
  void clientsSeeTheOutputThatTheLogHasNoRoomForAndTheLogGoesOnLater() throws Exception {
    disk.with(engine -> started(engine, Specs.shell(TALKER)));
    disk.with(
        engine -> {
          Attachment client = engine.containers().attach("subject", StreamSelection.output(), true);
          assertEquals("before\n", next(client));
          disk.fill();
          // So much that no block that is open already can take it.
          for (int i = 0; i < 200; i++) {
            engine.containers().kill("subject", "USR1");
            assertEquals("during\n", next(client));
          }
          disk.empty();
          engine.containers().kill("subject", "USR2");
          assertEquals("after\n", next(client));
          client.close();
          String logged = Files.readString(engine.containers().logFile(get(engine)));
          assertTrue(logged.contains("before") && logged.contains("after"), logged);
          for (String line : logged.lines().toList()) {
            assertTrue(line.startsWith("{\"log\":\"") && line.endsWith("}"), line);
          }
        });
  }

  private static String next(Attachment client) throws InterruptedException {
    Optional<Chunk> chunk = client.take();
    return new String(chunk.orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static Container get(Engine engine) {
    return engine.containers().get("subject");
  }

  @Test
  void anExitIsKnownAtOnceAndStillAfterARestartOnceThereIsRoom() throws Exception {
    disk.with(
        engine -> {
          started(engine, Specs.shell("trap 'exit 7' USR1; echo up; while :; do sleep 0.02; done"));
          awaitLog(engine, "up");
          disk.fill();
          engine.containers().kill("subject", "USR1");
          assertEquals(7, awaitExit(engine));
          assertEquals(Status.EXITED, get(engine).state().status());
        });
    disk.empty();
    disk.restart();
    disk.with(
        engine -> {
          assertEquals(Status.EXITED, get(engine).state().status());
          assertEquals(7, get(engine).state().exitCode());
        });
  }

  private static void awaitLog(Engine engine, String text) throws Exception {
    Path log = engine.containers().logFile(get(engine));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(log) || !Files.readString(log).contains(text)) {
      assertTrue(System.nanoTime() < deadline, "it has not written " + text);
      Thread.sleep(1);
    }
  }

  @Test
  void anEngineOpensOnAFullDiskAdoptsAndEndsWhatRuns() throws Exception {
    disk.with(engine -> started(engine, Specs.run("sleep", "1000")));
    int[] pid = new int[1];
    disk.with(engine -> pid[0] = get(engine).state().pid());
    disk.fill();
    disk.restart();
    disk.with(
        engine -> {
          assertEquals(Status.RUNNING, get(engine).state().status());
          assertEquals(pid[0], get(engine).state().pid());
          engine.containers().kill("subject", "KILL");
          assertEquals(137, awaitExit(engine));
        });
  }

  @Test
  void aRemovalNeedsNoRoomAndGivesSome() throws Exception {
    disk.with(
        engine -> {
          started(engine, Specs.run("true")); // folders that stay are there then
          awaitExit(engine);
          engine.containers().remove("subject", false, false);
        });
    Set<String> before = disk.files();
    disk.with(
        engine -> {
          started(engine, Specs.shell("dd if=/dev/zero of=/big bs=4096; echo full; sleep 1000"));
          awaitFull();
          engine.containers().remove("subject", true, true);
        });
    assertEquals(before, disk.files());
    disk.with(
        engine -> {
          started(engine, Specs.run("true"));
          assertEquals(0, awaitExit(engine));
        });
  }

  /** Until the container has taken what there is. */
  private void awaitFull() throws Exception {
    Path probe = disk.root().resolve("probe");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      try {
        Files.write(probe, new byte[8192]);
      } catch (java.io.IOException full) {
        Files.deleteIfExists(probe);
        return;
      }
      Files.deleteIfExists(probe);
    }
    throw new AssertionError("it has not filled the disk");
  }

  @Test
  void imagesAndVolumesCanBeRemovedFromAFullDisk() throws Exception {
    disk.with(engine -> engine.containers().create("warm-up", Specs.run("true").spec()));
    Set<String> before = disk.files();
    disk.with(
        engine -> {
          SmallImage.importInto(engine.images(), "small");
          engine.volumes().create("data", Map.of());
          engine.networks().create(NetworkSpec.bridge("net1"));
        });
    disk.fill();
    disk.with(
        engine -> {
          engine.images().remove("small", false, List.of());
          engine.volumes().remove("data", List.of());
          engine.networks().remove("net1");
        });
    assertEquals(before, disk.files());
  }
}
