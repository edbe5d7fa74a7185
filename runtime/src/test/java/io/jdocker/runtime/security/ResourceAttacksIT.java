package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.Limits;
import io.jdocker.cgroups.LimitsBuilder;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Containers;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.spec.DeviceSpec;
import io.jdocker.runtime.spec.KernelSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Containers that use up what they can get, or will not end; a neighbour must notice nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ResourceAttacksIT {
  private static final int PIDS = 30;

  private TestEngine engine;
  private Container neighbour;

  @BeforeAll
  void open() throws Exception {
    engine = TestEngine.open();
    neighbour = engine.start(Specs.shell("trap : TERM; while :; do sleep 1; done").spec());
  }

  @AfterEach
  void theNeighbourHasNoticedNothing() throws Exception {
    assertEquals(Status.RUNNING, neighbour.state().status());
    assertEquals("fine\n", engine.exec(neighbour, Specs.exec("echo", "fine")).stdout());
    for (Container container : List.copyOf(containers().list())) {
      if (container != neighbour) {
        containers().remove(container.id().hex(), true, true);
      }
    }
    engine.awaitKeepers(1);
  }

  @AfterAll
  void close() throws Exception {
    engine.close();
  }

  private Containers containers() {
    return engine.engine().containers();
  }

  private static Specs limited(LimitsBuilder limits, String script) {
    return Specs.shell(script).resources(ResourceSpec.of(limits.build()));
  }

  @Test
  void aForkBombStaysWithinItsPids() throws Exception {
    Container bomb =
        engine.start(
            limited(Limits.builder().pids(PIDS), "(while :; do sleep 1000 & done); sleep 1000")
                .spec());
    engine.awaitState(bomb, state -> full(bomb));
    assertTrue(containers().processes(bomb.id().hex()).size() <= PIDS);
    containers().remove(bomb.id().hex(), true, false);
    assertFalse(containers().find(bomb.id().hex()).isPresent());
  }

  /** Up to the one or two that its shells are. */
  private boolean full(Container bomb) {
    return containers().processes(bomb.id().hex()).size() >= PIDS - 2;
  }

  @Test
  void aMemoryBombEndsAloneAndIsKnownForIt() throws Exception {
    Container bomb =
        containers()
            .create(
                "",
                limited(
                        Limits.builder().memory(16 << 20).memorySwap(16 << 20),
                        "exec tail /dev/zero")
                    .spec());
    containers().start(bomb.id().hex());
    assertEquals(137, engine.awaitExit(bomb.id().hex()));
    assertTrue(bomb.state().oomKilled());
    assertEquals(List.of("oom", "die"), actions(bomb, List.of("oom", "die")));
    assertFalse(neighbour.state().oomKilled());
  }

  private List<String> actions(Container container, List<String> wanted) {
    return engine.engine().events().past().stream()
        .filter(event -> event.type() == Event.Type.CONTAINER)
        .filter(event -> event.id().equals(container.id().hex()))
        .map(Event::action)
        .filter(wanted::contains)
        .toList();
  }

  @Test
  void sharedMemoryEndsWhereItsSizeDoes() throws Exception {
    ResourceSpec small =
        new ResourceSpec(Limits.none(), "", DeviceSpec.none(), KernelSpec.none(), 1 << 20);
    Outcome outcome =
        engine.run(
            Specs.shell("cat /dev/zero >/dev/shm/all; wc -c </dev/shm/all")
                .resources(small)
                .spec());
    assertEquals("1048576\n", outcome.stdout());
    assertTrue(outcome.stderr().contains("No space left on device"), outcome.stderr());
  }

  @Test
  void itsDevHoldsNoMoreThanItsSize() throws Exception {
    Outcome outcome =
        engine.run(Specs.shell("cat /dev/zero >/dev/all; wc -c </dev/all; rm /dev/all").spec());
    assertEquals((64 << 20) + "\n", outcome.stdout());
  }

  @Test
  void aLogGoesRoundInItsFiles() throws Exception {
    Container talker =
        containers()
            .create(
                "",
                Specs.shell("yes | head -n 200000")
                    .log("json-file", Map.of("max-size", "64k", "max-file", "2"))
                    .spec());
    containers().start(talker.id().hex());
    assertEquals(0, engine.awaitExit(talker.id().hex()));
    long size = 0;
    for (Path file : logs(containers().folder(talker))) {
      size += Files.size(file);
    }
    assertTrue(size > 0 && size <= 2 * (64 << 10) + 4096, "the log has " + size + " bytes");
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains(".log")).toList();
    }
  }

  @Test
  void oneThatIgnoresTermIsKilled() throws Exception {
    Container deaf =
        engine.start(Specs.shell("trap '' TERM; echo deaf; while :; do sleep 1; done").spec());
    engine.awaitOutput(deaf, "deaf");
    containers().stop(deaf.id().hex(), Optional.empty(), Optional.of(0));
    assertEquals(137, deaf.state().exitCode());
  }

  @Test
  void oneThatHasStoppedItselfIsRemovedAllTheSame() throws Exception {
    // Its first process cannot stop itself; another can stop the rest.
    Container still =
        engine.start(Specs.shell("sleep 1000 & kill -STOP $! && echo still; wait").spec());
    engine.awaitOutput(still, "still");
    containers().remove(still.id().hex(), true, false);
    assertFalse(containers().find(still.id().hex()).isPresent());
  }

  @Test
  void aFrozenOneIsRemovedByForce() throws Exception {
    Container frozen = engine.start(Specs.run("sleep", "1000").spec());
    containers().pause(frozen.id().hex());
    containers().remove(frozen.id().hex(), true, false);
    assertFalse(containers().find(frozen.id().hex()).isPresent());
  }

  @Test
  void itsOpenFilesAreItsOwnMatter() throws Exception {
    KernelSpec few =
        new KernelSpec(
            List.of(new KernelSpec.Ulimit("nofile", 20, 20)),
            Map.of(),
            KernelSpec.none().oomScoreAdj());
    Outcome outcome =
        engine.run(
            Specs.shell("i=3; while eval \"exec $i</dev/null\"; do i=$((i + 1)); done; echo $i")
                .resources(ResourceSpec.none().withKernel(few))
                .spec());
    assertTrue(outcome.stderr().contains("Too many open files"), outcome.stderr());
  }
}
