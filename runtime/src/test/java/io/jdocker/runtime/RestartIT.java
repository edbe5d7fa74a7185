package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.NotModified;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.container.WaitCondition;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.spec.RestartPolicy.Mode;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.ManualTime;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Restart policies, by a time that goes on when the test says so. */
final class RestartIT {
  private final ManualTime time = new ManualTime();
  private TestEngine test;
  private Footprint before;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(time);
    // The first run makes folders that stay.
    Container first = test.start(Specs.run("true").autoRemove().spec());
    test.awaitRemoval(first);
    before = test.footprint();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Container waiting(Container container, int restarts) throws Exception {
    test.awaitState(
        container,
        state ->
            state.status() == Status.RESTARTING
                && container.record().restartCount() == restarts
                && time.untilNext().isPresent());
    return container;
  }

  private Container again(Container container) {
    return test.engine().containers().get(container.id().hex());
  }

  private List<String> actions(Container container) {
    return test.engine().events().past().stream()
        .filter(event -> event.type() == Event.Type.CONTAINER)
        .filter(event -> event.id().equals(container.id().hex()))
        .map(Event::action)
        .toList();
  }

  @Test
  void failuresAreRestartedWithLongerAndLongerWaitsUpToTheCount() throws Exception {
    Container container =
        test.start(Specs.shell("echo run; exit 3").restart(Mode.ON_FAILURE, 4).spec());
    List<Long> waits = new ArrayList<>();
    for (int restart = 1; restart <= 4; restart++) {
      waiting(container, restart);
      assertEquals(3, container.state().exitCode());
      Duration wait = time.untilNext().orElseThrow();
      waits.add(wait.toMillis());
      time.advance(wait.minusMillis(1));
      assertEquals(Status.RESTARTING, container.state().status());
      time.advance(Duration.ofMillis(1));
    }
    test.awaitState(container, state -> state.status() == Status.EXITED);
    assertEquals(List.of(100L, 200L, 400L, 800L), waits);
    assertEquals(4, container.record().restartCount());
    assertEquals(Optional.empty(), time.untilNext());
    String log = Files.readString(test.engine().containers().logFile(container));
    assertEquals(5, log.lines().count());
    assertEquals(
        List.of(
            "create", "start", "die", "start", "die", "start", "die", "start", "die", "start",
            "die"),
        actions(container));
  }

  @Test
  void aLongRunBeginsTheWaitsAnew() throws Exception {
    Container container =
        test.start(
            Specs.shell(
                    "[ -e /second ] && exec sleep 1000; [ -e /first ] && touch /second;"
                        + " touch /first; exit 1")
                .restart(Mode.ALWAYS)
                .spec());
    waiting(container, 1);
    time.advance(Duration.ofMillis(100));
    waiting(container, 2);
    assertEquals(Optional.of(Duration.ofMillis(200)), time.untilNext());
    time.advance(Duration.ofMillis(200));
    test.awaitState(container, state -> state.status() == Status.RUNNING);
    time.advance(Duration.ofSeconds(10));
    test.engine().containers().kill(container.id().hex(), "USR1");
    killFromInside(container);
    waiting(container, 3);
    assertEquals(Optional.of(Duration.ofMillis(100)), time.untilNext());
  }

  /** As the kernel or somebody on the host would, without the engine. */
  private static void killFromInside(Container container) {
    ProcessHandle.of(container.state().pid()).orElseThrow().destroyForcibly();
  }

  @Test
  void successIsNoFailure() throws Exception {
    Container container = test.start(Specs.run("true").restart(Mode.ON_FAILURE).spec());
    assertEquals(0, test.awaitExit(container.id().hex()));
    assertEquals(Status.EXITED, container.state().status());
    assertEquals(0, container.record().restartCount());
  }

  @ParameterizedTest
  @EnumSource(names = {"ALWAYS", "UNLESS_STOPPED", "ON_FAILURE"})
  void stoppedByHandItStaysStopped(Mode mode) throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").restart(mode).spec());
    test.engine().containers().stop(container.id().hex(), Optional.of("KILL"), Optional.empty());
    assertEquals(Status.EXITED, container.state().status());
    assertTrue(container.record().manuallyStopped());
    assertEquals(Optional.empty(), time.untilNext());
  }

  @Test
  void anotherSignalThanTheStopSignalIsNoStop() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").restart(Mode.ALWAYS).init().spec());
    test.engine().containers().kill(container.id().hex(), "HUP");
    waiting(container, 1);
    time.advance(Duration.ofMillis(100));
    test.awaitState(container, state -> state.status() == Status.RUNNING);
    test.engine().containers().kill(container.id().hex(), "TERM");
    test.awaitState(container, state -> state.status() == Status.EXITED);
    assertEquals(143, container.state().exitCode());
  }

  @Test
  void startedByHandItCountsAnew() throws Exception {
    Container container = test.start(Specs.shell("exit 1").restart(Mode.ON_FAILURE, 1).spec());
    waiting(container, 1);
    time.advance(Duration.ofSeconds(1));
    test.awaitState(container, state -> state.status() == Status.EXITED);
    test.engine().containers().start(container.id().hex());
    waiting(container, 1);
    assertEquals(Optional.of(Duration.ofMillis(100)), time.untilNext());
  }

  @Test
  void whileItWaitsItCanBeStopped() throws Exception {
    Container container = test.start(Specs.shell("exit 7").restart(Mode.ALWAYS).spec());
    waiting(container, 1);
    String id = container.id().hex();
    CompletableFuture<Integer> wait =
        test.engine().containers().await(id, WaitCondition.NOT_RUNNING);
    assertThrows(NotModified.class, () -> test.engine().containers().start(id));
    assertThrows(Conflict.class, () -> test.engine().containers().pause(id));
    assertThrows(
        Conflict.class, () -> test.engine().containers().createExec(id, Specs.exec("true")));
    test.engine().containers().stop(id, Optional.empty(), Optional.empty());
    assertEquals(7, wait.get(20, TimeUnit.SECONDS));
    assertEquals(Status.EXITED, container.state().status());
    time.advance(Duration.ofMinutes(2));
    assertEquals(Status.EXITED, container.state().status());
    assertThrows(
        NotModified.class,
        () -> test.engine().containers().stop(id, Optional.empty(), Optional.empty()));
  }

  @Test
  void whileItWaitsItCanBeKilled() throws Exception {
    Container container = test.start(Specs.shell("exit 7").restart(Mode.ALWAYS).spec());
    waiting(container, 1);
    test.engine().containers().kill(container.id().hex(), "");
    assertEquals(Status.EXITED, container.state().status());
    assertEquals(Optional.empty(), time.untilNext());
  }

  @Test
  void whileItWaitsItCanBeRemovedByForceAlone() throws Exception {
    Container container = test.start(Specs.shell("exit 7").restart(Mode.ALWAYS).spec());
    waiting(container, 1);
    String id = container.id().hex();
    String message =
        assertThrows(Conflict.class, () -> test.engine().containers().remove(id, false, false))
            .getMessage();
    assertEquals(
        "cannot remove container \"/"
            + container.record().name()
            + "\": container is restarting: stop the container before removing or force remove",
        message);
    test.engine().containers().remove(id, true, true);
    time.advance(Duration.ofMinutes(2));
    assertEquals(before, test.footprint());
  }

  @Test
  void removedByForceItIsNotRestarted() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").restart(Mode.ALWAYS).spec());
    test.engine().containers().remove(container.id().hex(), true, true);
    assertEquals(Optional.empty(), time.untilNext());
    assertEquals(before, test.footprint());
  }

  @Test
  void aRestartByHandIsNoEnd() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").autoRemove().spec());
    int pid = container.state().pid();
    test.engine().containers().restart(container.id().hex(), Optional.of("KILL"), Optional.empty());
    assertEquals(Status.RUNNING, again(container).state().status());
    assertTrue(pid != container.state().pid());
    test.engine().containers().kill(container.id().hex(), "");
    test.awaitRemoval(container);
    assertEquals(before, test.footprint());
  }

  @Test
  void aRestartThatCannotBeMadeEndsThePolicy(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Container container =
        test.start(
            Specs.shell("exit 5").bind(source.toString(), "/in", true).restart(Mode.ALWAYS).spec());
    waiting(container, 1);
    Files.delete(source);
    CompletableFuture<Integer> wait =
        test.engine().containers().await(container.id().hex(), WaitCondition.NOT_RUNNING);
    time.advance(Duration.ofMillis(100));
    wait.get(20, TimeUnit.SECONDS);
    assertEquals(Status.EXITED, container.state().status());
    assertTrue(container.state().error().contains(source.toString()), container.state().error());
    assertEquals(Optional.empty(), time.untilNext());
  }
}
