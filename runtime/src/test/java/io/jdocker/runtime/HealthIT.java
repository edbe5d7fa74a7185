package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.health.Health;
import io.jdocker.runtime.health.HealthStatus;
import io.jdocker.runtime.health.ProbeResult;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.ManualTime;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health probes, by a time that goes on when the test says so. */
final class HealthIT {
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private final ManualTime time = new ManualTime();
  private TestEngine test;
  private Footprint before;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(time);
    Container first = test.start(Specs.run("true").autoRemove().spec());
    test.awaitRemoval(first);
    before = test.footprint();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static HealthSpec shell(String line, int retries) {
    return new HealthSpec(
        List.of("CMD-SHELL", line),
        INTERVAL.toNanos(),
        Duration.ofSeconds(5).toNanos(),
        0,
        0,
        retries,
        List.of());
  }

  private Container start(HealthSpec health) {
    return test.start(Specs.run("sleep", "1000").health(health).spec());
  }

  /** Lets one interval go by, and waits for the end of the probe. */
  private Health probe(Container container) throws Exception {
    List<ProbeResult> log = health(container).log();
    time.advance(INTERVAL);
    test.awaitState(
        container,
        state ->
            !state.health().orElseThrow().log().equals(log)
                && time.untilNext().equals(Optional.of(INTERVAL)));
    return health(container);
  }

  private static Health health(Container container) {
    return container.state().health().orElseThrow();
  }

  private List<String> actions(Container container) {
    return test.engine().events().past().stream()
        .filter(event -> event.type() == Event.Type.CONTAINER)
        .filter(event -> event.id().equals(container.id().hex()))
        .map(Event::action)
        .toList();
  }

  private List<Path> probeFiles(Container container) throws IOException {
    try (Stream<Path> files = Files.list(test.engine().containers().folder(container))) {
      return files.filter(f -> f.getFileName().toString().startsWith("probe-")).toList();
    }
  }

  @Test
  void itIsStartingUntilTheFirstProbeShowsMore() throws Exception {
    Container container = start(shell("echo well; echo done >&2", 3));
    assertEquals(Health.starting(), health(container));
    time.advance(INTERVAL.minusMillis(1));
    assertEquals(List.of(), health(container).log());
    time.advance(Duration.ofMillis(1));
    test.awaitState(
        container, state -> state.health().orElseThrow().status() == HealthStatus.HEALTHY);
    ProbeResult probe = health(container).log().get(0);
    assertEquals(0, probe.exitCode());
    assertTrue(List.of("well\ndone\n", "done\nwell\n").contains(probe.output()), probe.output());
    assertEquals(container.state().startedAt().plus(INTERVAL), probe.start());
    String command = "/bin/sh -c echo well; echo done >&2";
    assertEquals(
        List.of(
            "create",
            "start",
            "exec_create: " + command,
            "exec_start: " + command,
            "exec_die",
            "health_status: healthy"),
        actions(container));
  }

  @Test
  void failuresMakeItUnhealthyAndOneSuccessHealsIt() throws Exception {
    Container container = start(shell("echo seen; [ -e /well ]", 2));
    assertEquals(HealthStatus.STARTING, probe(container).status());
    Health unhealthy = probe(container);
    assertEquals(HealthStatus.UNHEALTHY, unhealthy.status());
    assertEquals(2, unhealthy.failingStreak());
    assertEquals(1, unhealthy.log().get(1).exitCode());
    test.exec(container, Specs.exec("touch", "/well"));
    Health healed = probe(container);
    assertEquals(HealthStatus.HEALTHY, healed.status());
    assertEquals(0, healed.failingStreak());
    assertEquals(
        List.of("health_status: unhealthy", "health_status: healthy"),
        actions(container).stream().filter(a -> a.startsWith("health")).toList());
  }

  @Test
  void aProbeThatTakesTooLongIsKilledWithAllItHasStarted() throws Exception {
    Container container = start(shell("echo begun; sleep 1001 & sleep 1002", 1));
    time.advance(INTERVAL);
    test.awaitState(container, state -> processes(container) > 2 && time.untilNext().isPresent());
    time.advance(Duration.ofSeconds(5));
    test.awaitState(
        container, state -> state.health().orElseThrow().status() == HealthStatus.UNHEALTHY);
    ProbeResult probe = health(container).log().get(0);
    assertEquals(ProbeResult.NOT_RUN, probe.exitCode());
    assertEquals("Health check exceeded timeout (5s): begun\n", probe.output());
    assertEquals(1, processes(container));
    assertEquals(List.of(), probeFiles(container));
  }

  private int processes(Container container) {
    return test.engine().containers().processes(container.id().hex()).size();
  }

  @Test
  void aCommandThatIsNotThereIsAFailureWithItsReason() throws Exception {
    Container container =
        start(
            new HealthSpec(
                List.of("CMD", "nosuchcommand"), INTERVAL.toNanos(), 0, 0, 0, 1, List.of()));
    Health health = probe(container);
    assertEquals(HealthStatus.UNHEALTHY, health.status());
    assertEquals(ProbeResult.NOT_RUN, health.log().get(0).exitCode());
    assertTrue(
        health.log().get(0).output().contains("\"nosuchcommand\": executable file not found"),
        health.log().get(0).output());
  }

  @Test
  void muchOutputIsCut() throws Exception {
    Container container = start(shell("yes | head -c 300000", 1));
    Health health = probe(container);
    assertEquals("y\n".repeat(2048) + "...", health.log().get(0).output());
    assertEquals(0, health.log().get(0).exitCode());
  }

  @Test
  void manyProbesLeaveNothing() throws Exception {
    Container container = start(shell("true", 1));
    for (int i = 0; i < 12; i++) {
      probe(container);
    }
    assertEquals(5, health(container).log().size());
    assertEquals(List.of(), probeFiles(container));
    assertEquals(List.of(), test.engine().containers().execs(container));
    test.engine().containers().remove(container.id().hex(), true, true);
    assertEquals(before, test.footprint());
  }

  @Test
  void aRestartBeginsAnewAndAnEndIsUnhealthy() throws Exception {
    Container container = start(shell("true", 1));
    assertEquals(HealthStatus.HEALTHY, probe(container).status());
    test.engine().containers().kill(container.id().hex(), "");
    test.awaitExit(container.id().hex());
    assertEquals(HealthStatus.UNHEALTHY, health(container).status());
    assertEquals(Optional.empty(), time.untilNext());
    test.engine().containers().start(container.id().hex());
    assertEquals(Health.starting(), health(container));
    assertEquals(Optional.of(INTERVAL), time.untilNext());
  }

  @Test
  void aPausedOneIsNotProbed() throws Exception {
    Container container = start(shell("true", 1));
    assertEquals(HealthStatus.HEALTHY, probe(container).status());
    test.engine().containers().pause(container.id().hex());
    assertEquals(Optional.empty(), time.untilNext());
    assertEquals(HealthStatus.UNHEALTHY, health(container).status());
    test.engine().containers().unpause(container.id().hex());
    assertEquals(HealthStatus.HEALTHY, probe(container).status());
  }

  @Test
  void anEndDuringAProbeEndsBoth() throws Exception {
    Container container = start(shell("sleep 1001", 1));
    time.advance(INTERVAL);
    test.awaitState(container, state -> processes(container) > 1);
    test.engine().containers().stop(container.id().hex(), Optional.of("KILL"), Optional.empty());
    assertEquals(Status.EXITED, container.state().status());
    test.engine().containers().remove(container.id().hex(), false, true);
    assertEquals(before, test.footprint());
  }

  @Test
  void noneTurnsTheImagesOff() {
    Container container =
        start(new HealthSpec(List.of("NONE"), INTERVAL.toNanos(), 0, 0, 0, 1, List.of()));
    assertTrue(container.state().health().isEmpty());
    assertEquals(Optional.empty(), time.untilNext());
  }

  @Test
  void theNextEngineGoesOnProbing() throws Exception {
    Container container = start(shell("true", 1));
    assertEquals(HealthStatus.HEALTHY, probe(container).status());
    test.reopen();
    Container again = test.engine().containers().get(container.id().hex());
    assertEquals(HealthStatus.HEALTHY, health(again).status());
    assertEquals(2, probe(again).log().size());
  }

  @Test
  void whatAnEarlierEngineProbedIsEnded() throws Exception {
    Container container = start(shell("sleep 1001 & sleep 1002", 1));
    time.advance(INTERVAL);
    test.awaitState(container, state -> processes(container) > 2 && time.untilNext().isPresent());
    assertFalse(probeFiles(container).isEmpty());
    test.reopen();
    Container again = test.engine().containers().get(container.id().hex());
    test.awaitState(again, state -> processes(again) == 1);
    assertEquals(List.of(), probeFiles(again));
    assertEquals(HealthStatus.STARTING, health(again).status());
    assertEquals(Optional.of(INTERVAL), time.untilNext());
  }
}
