package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.testing.EngineRoom;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The verbs of a container, on a real engine. */
class ContainersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static EngineRoom room;
  private static ContainerEngine engine;

  @BeforeAll
  static void open() throws IOException {
    room = EngineRoom.open();
    engine = room.engine();
  }

  @AfterAll
  static void close() throws IOException {
    room.close();
  }

  private static ContainerRequestBuilder shell(String script) {
    return ContainerRequest.image("busybox")
        .command("sh", "-c", script)
        .network(NetworkJoin.of("none"));
  }

  private static Container running() {
    return engine
        .containers()
        .start(shell("trap 'exit 7' TERM; while :; do sleep 0.05; done").build());
  }

  @Test
  void aRunGivesBothStreamsAndTheExitCodeAndLeavesNothing() {
    int before = engine.containers().list().size();
    ProcessResult result = engine.containers().run(shell("echo out; echo err >&2; exit 3").build());
    assertEquals(new ProcessResult(3, "out\n", "err\n"), result);
    assertFalse(result.succeeded());
    assertEquals(before, engine.containers().list().size());
  }

  @Test
  void whatIsAskedForIsSeenInside() {
    ProcessResult result =
        engine
            .containers()
            .run(
                shell(
                        "id -u; pwd; hostname; echo $COLOUR; cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || true; grep -c 'tmpfs /scratch' /proc/mounts; touch /x 2>/dev/null || echo read-only")
                    .user("1000")
                    .workingDirectory("/tmp")
                    .hostname("here")
                    .environment("COLOUR", "green")
                    .mount(Mount.tmpfs("/scratch").withSize(1 << 20))
                    .readOnlyRoot()
                    .build());
    List<String> lines = result.stdout().lines().toList();
    assertEquals(List.of("1000", "/tmp", "here", "green"), lines.subList(0, 4));
    assertEquals(List.of("1", "read-only"), lines.subList(lines.size() - 2, lines.size()));
  }

  @Test
  void aContainerIsStoppedByItsSignalAndStartedAgain() {
    try (Container container = running()) {
      container.await(Readiness.exec("true"));
      container.start(); // nothing happens: it runs
      container.stop();
      assertEquals(ContainerDetails.Status.EXITED, container.inspect().status());
      container.stop(); // nothing happens: it does not run
      container.start();
      assertTrue(container.inspect().isRunning());
      container.kill("KILL");
      assertEquals(137, container.awaitExit(PATIENCE));
    }
  }

  @Test
  void oneThatWillNotEndIsWaitedForNoLongerThanTold() {
    try (Container container = running()) {
      Unavailable late =
          assertThrows(Unavailable.class, () -> container.awaitExit(Duration.ofMillis(50)));
      assertTrue(late.getMessage().contains("not within 50 ms"), late.getMessage());
    }
  }

  @Test
  void aPausedOneRunsOnWhenItIsLet() {
    try (Container container = running()) {
      container.pause();
      assertEquals(ContainerDetails.Status.PAUSED, container.inspect().status());
      assertThrows(Conflict.class, () -> container.exec("true"));
      container.unpause();
      assertTrue(container.exec("true").succeeded());
    }
  }

  @Test
  void anExecHasStreamsEnvironmentFolderAndUser() {
    try (Container container = running()) {
      ProcessResult result =
          container.exec(
              ExecRequest.shell("cat; echo $WHO; pwd; id -u; echo bad >&2; exit 4")
                  .reading("given\n")
                  .withEnvironment("WHO", "me")
                  .in("/home")
                  .as("1000"));
      assertEquals(new ProcessResult(4, "given\nme\n/home\n1000\n", "bad\n"), result);
    }
  }

  @Test
  void anExecReadsMoreThanAPipeHoldsWhileItWrites() {
    String much = "0123456789abcde\n".repeat(40_000);
    try (Container container = running()) {
      assertEquals(much, container.exec(ExecRequest.of("cat").reading(much)).stdout());
    }
  }

  @Test
  void aCommandThatIsNotThereIsTheCallersFault() {
    try (Container container = running()) {
      assertThrows(InvalidArgument.class, () -> container.exec("no-such-command"));
    }
    int before = engine.containers().list().size();
    assertThrows(
        RuntimeException.class,
        () ->
            engine
                .containers()
                .start(ContainerRequest.image("busybox").command("no-such-command").build()));
    assertEquals(before, engine.containers().list().size());
  }

  @Test
  void anAttachedProcessIsTalkedTo() throws IOException {
    ContainerRequest request = shell("read a; echo got $a; read b || echo end").stdin().build();
    try (Container container = engine.containers().create(request);
        AttachedProcess process = container.attach()) {
      container.start();
      try (OutputStream in = process.input()) {
        in.write("hello\n".getBytes(StandardCharsets.UTF_8));
      }
      String all = new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals("got hello\nend\n", all);
    }
  }

  @Test
  void inspectTellsWhatWasAskedForAndWhatBecameOfIt() {
    ContainerRequest request =
        shell("exit 5").name("told").label("a", "b").environment("K", "V").build();
    try (Container container = engine.containers().start(request)) {
      assertEquals(5, container.awaitExit(PATIENCE));
      ContainerDetails details = engine.containers().get("told").inspect();
      assertEquals(container.id(), details.id());
      assertEquals("busybox", details.image());
      assertEquals(engine.images().get("busybox").id(), details.imageId());
      assertEquals(List.of("sh", "-c", "exit 5"), details.command());
      assertTrue(details.environment().contains("K=V"));
      assertEquals(Map.of("a", "b"), details.labels());
      assertEquals(ContainerDetails.Status.EXITED, details.status());
      assertEquals(ContainerDetails.Health.NONE, details.health());
      assertEquals(5, details.exitCode());
      assertEquals(0, details.pid());
      assertFalse(details.started().orElseThrow().isAfter(details.finished().orElseThrow()));
    }
    assertEquals(Optional.empty(), engine.containers().find("told"));
  }

  @Test
  void whatIsGoneIsNotFoundAndClosingItTwiceIsNothing() {
    Container container = engine.containers().create(shell("true").build());
    container.close();
    container.close();
    assertThrows(NotFound.class, container::start);
    assertThrows(NotFound.class, container::inspect);
    assertThrows(NotFound.class, () -> engine.containers().get("nobody"));
  }

  @Test
  void anImageThatIsNotThereIsNotFound() {
    NotFound missing =
        assertThrows(
            NotFound.class,
            () -> engine.containers().create(ContainerRequest.image("none/such:1").build()));
    assertEquals("No such image: none/such:1", missing.getMessage());
  }

  @Test
  void aVolumeOutlivesItsContainersAndAFolderOfTheHostIsSeen(
      @org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
    java.nio.file.Files.writeString(folder.resolve("note"), "from the host");
    try (Volume volume = engine.volumes().create("kept")) {
      engine.containers().run(shell("echo data >/v/file").mount(volume.at("/v")).build());
      ProcessResult read =
          engine
              .containers()
              .run(
                  shell("cat /v/file /h/note; touch /h/new || echo refused")
                      .mount(volume.at("/v").readOnly())
                      .mount(Mount.bind(folder, "/h").readOnly())
                      .build());
      assertEquals("data\nfrom the hostrefused\n", read.stdout());
    }
    assertEquals(Optional.empty(), engine.volumes().find("kept"));
  }
}
