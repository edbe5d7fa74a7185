package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Containers;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.spec.RestartPolicy.Mode;
import io.jdocker.runtime.stdio.StreamSelection;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container that stands still, and what may be done to it then. */
final class PauseIT {
  private static final String COUNTER =
      "trap 'echo got TERM; exit 9' TERM; trap 'exit 8' USR1; i=0; while :; do i=$((i+1)); echo $i > /count; done";

  private TestEngine test;
  private Footprint before;
  private Container container;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
    Container first = test.start(Specs.run("true").autoRemove().spec());
    test.awaitRemoval(first);
    before = test.footprint();
    container = test.start(Specs.shell(COUNTER).spec());
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Containers containers() {
    return test.engine().containers();
  }

  private String id() {
    return container.id().hex();
  }

  private String count() throws Exception {
    return Files.readString(
        test.root().resolve("snapshots").resolve(id()).resolve("upper").resolve("count"));
  }

  private void awaitChange(String old) throws Exception {
    test.awaitState(
        container,
        state -> {
          try {
            return !count().equals(old);
          } catch (Exception notYet) {
            return false;
          }
        });
  }

  private List<String> actions() {
    return test.engine().events().past().stream()
        .filter(event -> event.type() == Event.Type.CONTAINER && event.id().equals(id()))
        .map(Event::action)
        .toList();
  }

  @Test
  void itStandsStillAndGoesOn() throws Exception {
    awaitChange("");
    containers().pause(id());
    assertEquals(Status.PAUSED, container.state().status());
    String paused = count();
    Thread.sleep(50);
    assertEquals(paused, count());
    containers().unpause(id());
    assertEquals(Status.RUNNING, container.state().status());
    awaitChange(paused);
    assertEquals(List.of("create", "start", "pause", "unpause"), actions());
  }

  private static void refused(
      Class<? extends EngineException> kind, String message, Runnable verb) {
    assertEquals(message, assertThrows(kind, verb::run).getMessage());
  }

  @Test
  void whatCannotBeDoneIsSaidInDockersWords() {
    refused(
        SystemFailure.class,
        "Container " + id() + " is not paused",
        () -> containers().unpause(id()));
    containers().pause(id());
    refused(
        Conflict.class, "Container " + id() + " is already paused", () -> containers().pause(id()));
    refused(
        Conflict.class,
        "Container " + container.record().name() + " is paused, unpause the container before exec",
        () -> containers().createExec(id(), Specs.exec("true")));
    refused(
        Conflict.class,
        "cannot remove container \"/"
            + container.record().name()
            + "\": container is paused and must be unpaused first",
        () -> containers().remove(id(), false, false));
    refused(
        Conflict.class,
        "cannot start a paused container, try unpause instead",
        () -> containers().start(id()));
  }

  @Test
  void nobodyCanAttachMeanwhile() {
    containers().pause(id());
    refused(
        Conflict.class,
        "Container "
            + container.record().name()
            + " is paused, unpause the container before attach",
        () -> containers().attach(id(), StreamSelection.output(), false));
  }

  @Test
  void whatDoesNotRunCannotBePaused() throws Exception {
    containers().kill(id(), "");
    test.awaitExit(id());
    refused(
        Conflict.class, "Container " + id() + " is not running", () -> containers().pause(id()));
    refused(
        SystemFailure.class,
        "Container " + id() + " is not paused",
        () -> containers().unpause(id()));
  }

  @Test
  void stopReachesIt() throws Exception {
    test.awaitState(container, state -> state.status() == Status.RUNNING);
    awaitChange("");
    containers().pause(id());
    containers().stop(id(), Optional.empty(), Optional.of(20));
    assertEquals(9, container.state().exitCode());
    test.awaitOutput(container, "got TERM");
  }

  @Test
  void otherSignalsWaitForItsWaking() throws Exception {
    awaitChange("");
    containers().pause(id());
    containers().kill(id(), "USR1");
    assertEquals(Status.PAUSED, container.state().status());
    containers().unpause(id());
    assertEquals(8, test.awaitExit(id()));
  }

  @Test
  void killAndForcedRemovalReachIt() throws Exception {
    containers().pause(id());
    containers().kill(id(), "");
    assertEquals(Status.EXITED, container.state().status(), "a kill waits for the end");
    assertEquals(137, container.state().exitCode());
    containers().start(id());
    containers().pause(id());
    containers().remove(id(), true, true);
    assertEquals(before, test.footprint());
  }

  @Test
  void theNextEngineFindsItPaused() throws Exception {
    awaitChange("");
    containers().pause(id());
    String paused = count();
    test.reopen();
    container = containers().get(id());
    assertEquals(Status.PAUSED, container.state().status());
    assertEquals(paused, count());
    containers().unpause(id());
    awaitChange(paused);
  }

  @Test
  void whatTheKernelSaysIsTrueWhenAnEngineDied() throws Exception {
    // As if it had been killed between the freezer and the record.
    test.engine().cgroups().find(id()).orElseThrow().freeze();
    test.reopen();
    assertEquals(Status.PAUSED, containers().get(id()).state().status());
    test.engine().cgroups().find(id()).orElseThrow().thaw();
    test.reopen();
    container = containers().get(id());
    assertEquals(Status.RUNNING, container.state().status());
    awaitChange("");
  }

  @Test
  void aPausedOneWithAPolicyThatIsStoppedStaysStopped() throws Exception {
    Container other = test.start(Specs.run("sleep", "1000").init().restart(Mode.ALWAYS).spec());
    containers().pause(other.id().hex());
    containers().stop(other.id().hex(), Optional.empty(), Optional.of(20));
    assertEquals(Status.EXITED, other.state().status());
    assertEquals(143, other.state().exitCode());
  }
}
