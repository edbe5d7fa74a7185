package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.event.EventBus;
import io.jdocker.runtime.explain.Recording;
import io.jdocker.runtime.health.HealthStatus;
import io.jdocker.runtime.health.ProbeResult;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.stdio.StdinMode;
import io.jdocker.runtime.stdio.StreamHub;
import io.jdocker.runtime.testing.ManualTime;
import io.jdocker.runtime.testing.Specs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a container is probed and what comes of it, with probes that end when the test says so. */
final class HealthChecksTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final ManualTime time = new ManualTime();
  private final EventBus bus = new EventBus(time.clock());
  private final List<FakeProbe> probes = new ArrayList<>();
  private ContainerStore store;
  private HealthChecks checks;
  private Container container;

  /** A probe under way. */
  private static final class FakeProbe implements Probe.Running {
    private final CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    private boolean killed;

    @Override
    public CompletableFuture<ProbeResult> result() {
      return result;
    }

    @Override
    public void kill() {
      killed = true;
    }
  }

  @BeforeEach
  void open() {
    store = new ContainerStore(new ContainerLayout(folder));
    checks =
        new HealthChecks(
            time.timer(),
            Runnable::run,
            time.clock(),
            store,
            (probed, spec) -> {
              probes.add(new FakeProbe());
              return probes.get(probes.size() - 1);
            },
            new ContainerEvents(bus));
    container = container(List.of("CMD", "true"));
  }

  private Container container(List<String> test) {
    HealthSpec health = new HealthSpec(test, INTERVAL.toNanos(), 0, 0, 0, 2, List.of());
    ContainerRecord record = Records.record("ab", "web", Specs.run("true").health(health).spec());
    store.add(record);
    return new Container(
        record.withState(
            record
                .state()
                .running(5, 4, time.now())
                .withHealth(HealthChecks.atStart(record.spec()))),
        new StreamHub(StdinMode.NONE, false),
        new Recording(folder.resolve("trace")));
  }

  private void end(int probe, int exitCode) {
    probes
        .get(probe)
        .result
        .complete(new ProbeResult(time.now(), time.now(), exitCode, "probe " + probe));
  }

  private HealthStatus status() {
    return container.state().health().orElseThrow().status();
  }

  private HealthStatus statusOnDisk() {
    return store.load().records().get(0).state().health().orElseThrow().status();
  }

  @Test
  void theNextProbeComesAnIntervalAfterTheEndOfTheOneBefore() {
    checks.begin(container);
    time.advance(INTERVAL);
    assertEquals(1, probes.size());
    time.advance(INTERVAL.multipliedBy(5));
    assertEquals(1, probes.size(), "one at a time");
    end(0, 0);
    assertEquals(Optional.of(INTERVAL), time.untilNext());
    time.advance(INTERVAL);
    assertEquals(2, probes.size());
  }

  @Test
  void onlyAChangeIsToldAndWrittenDown() {
    checks.begin(container);
    time.advance(INTERVAL);
    end(0, 0);
    assertEquals(HealthStatus.HEALTHY, statusOnDisk());
    store.delete(container.id());
    time.advance(INTERVAL);
    end(1, 0);
    assertTrue(store.load().records().isEmpty(), "the same health was written again");
    assertEquals(
        List.of("health_status: healthy"), bus.past().stream().map(Event::action).toList());
    assertEquals(2, container.state().health().orElseThrow().log().size());
  }

  @Test
  void aDiskThatIsFullStopsNoProbing() {
    checks.begin(container);
    time.advance(INTERVAL);
    store.delete(container.id()); // saving fails from here on
    end(0, 0);
    assertEquals(HealthStatus.HEALTHY, status());
    time.advance(INTERVAL);
    assertEquals(2, probes.size());
  }

  @Test
  void theEndKillsTheProbeUnderWayAndDropsItsResult() {
    checks.begin(container);
    time.advance(INTERVAL);
    checks.end(container);
    assertTrue(probes.get(0).killed);
    end(0, 0);
    assertEquals(HealthStatus.UNHEALTHY, status());
    assertEquals(Optional.empty(), time.untilNext());
  }

  @Test
  void aSecondBeginningIsAnother() {
    checks.begin(container);
    time.advance(INTERVAL);
    checks.end(container);
    checks.begin(container);
    end(0, 0);
    assertEquals(HealthStatus.UNHEALTHY, status(), "a probe from before counts no more");
    time.advance(INTERVAL);
    end(1, 0);
    assertEquals(HealthStatus.HEALTHY, status());
  }

  @Test
  void whatIsTurnedOffIsNotProbed() {
    store.delete(container.id());
    container = container(List.of("NONE"));
    checks.begin(container);
    assertEquals(Optional.empty(), time.untilNext());
    assertTrue(container.state().health().isEmpty());
    checks.end(container);
  }
}
