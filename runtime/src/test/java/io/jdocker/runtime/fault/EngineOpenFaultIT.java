package io.jdocker.runtime.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.fault.Effect;
import io.jdocker.linux.testing.fault.FaultPoint;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.testing.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Each effect of an engine's opening fails once, while a container runs that it is to adopt. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class EngineOpenFaultIT {
  private static final String NAME = "open-" + ProcessHandle.current().pid();
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final List<String> complaints = new ArrayList<>();
  private FaultyHost host;

  @BeforeEach
  void open() throws Exception {
    host = new FaultyHost();
  }

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  @Test
  void anEngineThatCannotOpenHoldsNothingAndTheNextOneAdopts(TestReporter reporter)
      throws Exception {
    host.with(
        engine -> {
          engine.containers().create(NAME, Specs.run("sleep", "1000").spec());
          engine.containers().start(NAME);
        });
    int[] pid = new int[1];
    host.with(engine -> pid[0] = engine.containers().get(NAME).state().pid());
    host.restart();
    host.closeEngine();
    HostState closed = host.state();
    int point = 1;
    while (tried(point, closed)) {
      point++;
    }
    reporter.publishEntry("engine open", (point - 1) + " points");
    host.openEngine();
    host.with(
        engine -> {
          assertEquals(Status.RUNNING, engine.containers().get(NAME).state().status());
          assertEquals(pid[0], engine.containers().get(NAME).state().pid());
        });
    assertEquals(List.of(), complaints);
    assertTrue(point > 1, "nothing was tried");
  }

  private boolean tried(int point, HostState closed) throws Exception {
    host.faults().arm(EngineOpenFaultIT::ofTheOpening, point, FaultPoint.USUAL_ERROR);
    Optional<RuntimeException> failure = Optional.empty();
    try {
      host.openEngine();
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
    Optional<Effect> hit = host.faults().hit();
    host.faults().disarm();
    if (failure.isEmpty()) {
      host.closeEngine();
    }
    if (hit.isPresent()) {
      String what = hit.get() + (failure.isPresent() ? " failed" : " passed over");
      failure
          .filter(e -> String.valueOf(e.getMessage()).contains("\n"))
          .ifPresent(e -> complaints.add(what + " is told as " + e));
      awaitState(point + ": " + what, closed);
    }
    return hit.isPresent();
  }

  /** What other threads do goes on after the opening. */
  private static boolean ofTheOpening(Effect effect) {
    return effect.thread().equals("namespace");
  }

  private void awaitState(String when, HostState wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<String> difference;
    do {
      difference = host.state().withoutFiles().differenceTo(wanted.withoutFiles());
    } while (!difference.isEmpty() && System.nanoTime() < deadline);
    if (!difference.isEmpty()) {
      complaints.add(when + ": " + difference);
    }
  }
}
