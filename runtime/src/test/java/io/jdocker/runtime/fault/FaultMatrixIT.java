package io.jdocker.runtime.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.testing.fault.Effect;
import io.jdocker.linux.testing.fault.FaultPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each operation is tried again and again, its first effect on the machine failing, then its
 * second, and so on. Each time the error says what failed, the engine goes on, the same operation
 * succeeds once nothing fails, and at the end nothing is left.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class FaultMatrixIT {
  /** Links and control groups go a moment after the call that removes them. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long what a restart may also remove is given to go by itself. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  private static final List<String> REASONS =
      List.of(
          "no space left on",
          "input/output error",
          "too many open files",
          "function not implemented",
          "address already in use",
          "its terminal has ended");

  private FaultyHost host;
  private final List<String> complaints = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    host = new FaultyHost();
  }

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  static Stream<Operation> operations() {
    return new Operations("subject-" + ProcessHandle.current().pid()).all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void everyEffectMayFail(Operation operation, TestReporter reporter) throws Exception {
    once(operation); // what is made once and stays, as folders and the bridge, is there then
    HostState before = host.state();
    if (operation.network()) {
      before = before.withRules(host.machines());
    }
    List<Integer> points = points(operation);
    for (int point : points) {
      tried(operation, point, before);
    }
    reporter.publishEntry(operation.name(), points.size() + " points");
    host.restartSound();
    once(operation);
    assertEquals(List.of(), complaints);
    assertFalse(points.isEmpty(), "nothing was tried");
  }

  /**
   * Which effects are to fail: of those that differ in nothing but ids and numbers the first, or,
   * where {@code JDOCKER_FAULTS} is {@code all}, each of them.
   */
  private List<Integer> points(Operation operation) {
    host.with(operation.prepare());
    host.faults().arm(FaultMatrixIT::ofTheOperation, 0, FaultPoint.USUAL_ERROR);
    host.with(operation.act());
    List<Effect> effects = host.faults().seen();
    host.faults().disarm();
    host.with(operation.undo());
    boolean all = "all".equals(System.getenv("JDOCKER_FAULTS"));
    List<Integer> points = new ArrayList<>();
    Set<String> shapes = new HashSet<>();
    for (int i = 0; i < effects.size(); i++) {
      String shape = effects.get(i).toString().replaceAll("[0-9a-f]{12,}|[0-9]+", "#");
      if (shapes.add(shape) || all) {
        points.add(i + 1);
      }
    }
    return points;
  }

  private void once(Operation operation) {
    host.with(operation.prepare());
    host.with(operation.act());
    host.with(operation.undo());
  }

  private void tried(Operation operation, int point, HostState before) throws Exception {
    host.with(operation.prepare());
    HostState prepared = host.state();
    host.faults().arm(FaultMatrixIT::ofTheOperation, point, FaultPoint.USUAL_ERROR);
    Optional<RuntimeException> failure = act(operation);
    Optional<Effect> hit = host.faults().hit();
    host.faults().disarm();
    if (hit.isEmpty()) {
      failure.ifPresent(e -> complain(point, "nothing was hit", e.toString()));
      host.with(operation.undo());
      return; // this time there were fewer: a thread of the engine had less to do
    }
    String what = hit.get() + (failure.isPresent() ? " failed" : " passed over");
    if (failure.isPresent()) {
      checkMessage(point, hit.get(), failure.get());
    }
    if (failure.isPresent() && operation.acquires()) {
      awaitState(point, what + ", after it", prepared.withoutFiles().withoutDescriptors());
      act(operation).ifPresent(again -> complain(point, what + ", tried again", again.toString()));
    }
    try {
      host.with(operation.undo());
    } catch (RuntimeException e) {
      complain(point, what + ", undone", e.toString());
    }
    boolean mayWait = !operation.acquires() || hit.get().call().startsWith("unlink");
    awaitEnd(mayWait, point, what + ", undone", before);
  }

  /** The thread that reads containers' output acts for itself. */
  private static boolean ofTheOperation(Effect effect) {
    return !effect.thread().equals("jdocker-epoll");
  }

  private Optional<RuntimeException> act(Operation operation) {
    try {
      host.with(operation.act());
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  /** What failed, in one line: the call, or the file, or the kernel's own words. */
  private void checkMessage(int point, Effect hit, RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    boolean known = failure instanceof EngineException || failure instanceof SyscallException;
    boolean told =
        message.contains(hit.call())
            || message.contains(Path.of(hit.what()).getFileName().toString())
            || REASONS.stream().anyMatch(message.toLowerCase(Locale.ROOT)::contains);
    if (!known || !told || message.contains("\n")) {
      complain(point, hit + " is told as", failure.toString());
    }
  }

  /**
   * A removal that failed half-way may be taken up by the next start, and that only.
   *
   * @param mayWait the operation is one, or what failed was the removal of something temporary
   */
  private void awaitEnd(boolean mayWait, int point, String when, HostState before)
      throws Exception {
    if (!mayWait) {
      awaitState(point, when, before);
      return;
    }
    if (difference(before, MOMENT).isEmpty()) {
      return;
    }
    host.restart();
    // What is fewer is no leak: the engine before had made some of it for another run.
    List<String> left =
        difference(before.withoutDescriptors(), PATIENCE, one -> one.startsWith("left: "));
    if (!left.isEmpty()) {
      complain(point, when + " and restarted", left.toString());
    }
  }

  private void awaitState(int point, String when, HostState wanted) throws Exception {
    List<String> difference = difference(wanted, PATIENCE);
    if (!difference.isEmpty()) {
      complain(point, when, difference.toString());
    }
  }

  private List<String> difference(HostState wanted, Duration patience) throws Exception {
    return difference(wanted, patience, one -> true);
  }

  /** Waits until there is none of those that count. */
  private List<String> difference(HostState wanted, Duration patience, Predicate<String> counts)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> difference;
    do {
      difference = stateLike(wanted).differenceTo(wanted).stream().filter(counts).toList();
    } while (!difference.isEmpty() && System.nanoTime() < deadline);
    return difference;
  }

  private HostState stateLike(HostState wanted) throws Exception {
    HostState now = host.state();
    return wanted.found().containsKey("rules") ? now.withRules(host.machines()) : now;
  }

  private void complain(int point, String when, String what) {
    complaints.add("point " + point + ": " + when + ": " + what);
  }
}
