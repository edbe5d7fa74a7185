package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.Limits;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerState;
import io.jdocker.runtime.container.ContainerUpdate;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.RestartPolicy.Mode;
import io.jdocker.runtime.testing.ManualTime;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine that starts makes of containers with a restart policy. */
final class RestartRecoveryIT {
  private final ManualTime time = new ManualTime();
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(time);
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Container reopened(Container container) {
    test.reopen();
    return test.engine().containers().get(container.id().hex());
  }

  private void stop(Container container) {
    test.engine().containers().stop(container.id().hex(), Optional.of("KILL"), Optional.empty());
  }

  private static boolean isRunning(ContainerState state) {
    return state.status() == Status.RUNNING;
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS,         RUNNING",
    "UNLESS_STOPPED, EXITED",
    "ON_FAILURE,     EXITED",
    "NO,             EXITED",
  })
  void stoppedByHand(Mode mode, Status then) throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").restart(mode).spec());
    stop(container);
    Container again = reopened(container);
    test.awaitState(again, state -> state.status() == then);
    assertEquals(0, again.record().restartCount());
  }

  @ParameterizedTest
  @EnumSource(names = {"ALWAYS", "UNLESS_STOPPED"})
  void endedByItselfBeforeItHadAPolicy(Mode mode) throws Exception {
    Container container = test.start(Specs.shell("exit 2").spec());
    test.awaitExit(container.id().hex());
    test.engine()
        .containers()
        .update(
            container.id().hex(),
            new ContainerUpdate(Limits.none(), Optional.of(new RestartPolicy(mode, 0))),
            warning -> {});
    assertEquals(Status.EXITED, container.state().status());
    Container again = reopened(container);
    test.awaitState(
        again, state -> state.status() == Status.RESTARTING && again.record().restartCount() == 1);
  }

  @Test
  void whatNeverRanIsNotStarted() {
    Container container =
        test.engine().containers().create("", Specs.run("true").restart(Mode.ALWAYS).spec());
    assertEquals(Status.CREATED, reopened(container).state().status());
  }

  @ParameterizedTest
  @EnumSource(names = {"ALWAYS", "UNLESS_STOPPED", "ON_FAILURE"})
  void aWaitGoesOnWithTheNextEngine(Mode mode) throws Exception {
    Container container = test.start(Specs.shell("exit 3").restart(mode, 0).spec());
    test.awaitState(container, state -> time.untilNext().isPresent());
    Container again = reopened(container);
    test.awaitState(
        again, state -> state.status() == Status.RESTARTING && again.record().restartCount() == 2);
    assertEquals(3, again.state().exitCode());
  }

  @Test
  void theLastRestartOfTheCountIsMade() throws Exception {
    Container container =
        test.start(Specs.shell("echo x; exit 3").restart(Mode.ON_FAILURE, 1).spec());
    test.awaitState(container, state -> time.untilNext().isPresent());
    Container again = reopened(container);
    test.awaitState(again, state -> state.status() == Status.EXITED);
    assertEquals(1, again.record().restartCount());
    assertEquals(2, Files.readString(test.engine().containers().logFile(again)).lines().count());
  }

  @Test
  void whatRunsIsLeftAloneAndItsPolicyGoesOn() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").restart(Mode.ALWAYS).spec());
    int pid = container.state().pid();
    Container again = reopened(container);
    assertEquals(pid, again.state().pid());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    test.awaitState(
        again, state -> state.status() == Status.RESTARTING && time.untilNext().isPresent());
    time.advance(Duration.ofMillis(100));
    test.awaitState(again, RestartRecoveryIT::isRunning);
    assertEquals(1, again.record().restartCount());
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS, true", "UNLESS_STOPPED, true", "ON_FAILURE, true", "NO, false"})
  void whatDiedWithTheMachine(Mode mode, boolean started) throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").restart(mode, 0).spec());
    int pid = container.state().pid();
    // As a power cut leaves it: a record that says that it runs, and nothing that does.
    Path file = test.engine().containers().folder(container).resolve("container.json");
    byte[] running = Files.readAllBytes(file);
    stop(container);
    Files.write(file, running);
    Container again = reopened(container);
    if (started) {
      test.awaitState(again, state -> isRunning(state) && state.pid() != pid);
      assertEquals(1, again.record().restartCount());
    } else {
      assertEquals(Status.EXITED, again.state().status());
      assertEquals(255, again.state().exitCode());
    }
  }

  @Test
  void theOneWhoseNetworkIsSharedComesFirst() throws Exception {
    Container target = test.start(Specs.run("sleep", "1000").restart(Mode.ALWAYS).spec());
    Container sharing =
        test.start(
            Specs.run("sleep", "1000")
                .networking(NetworkingSpec.standard("container:" + target.id()))
                .restart(Mode.ALWAYS)
                .spec());
    stop(sharing);
    stop(target);
    test.reopen();
    Container first = test.engine().containers().get(target.id().hex());
    Container second = test.engine().containers().get(sharing.id().hex());
    test.awaitState(second, RestartRecoveryIT::isRunning);
    assertTrue(isRunning(first.state()));
    assertEquals(
        Files.readSymbolicLink(Path.of("/proc/" + first.state().pid() + "/ns/net")),
        Files.readSymbolicLink(Path.of("/proc/" + second.state().pid() + "/ns/net")));
  }
}
