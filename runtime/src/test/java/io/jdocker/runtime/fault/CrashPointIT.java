package io.jdocker.runtime.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.NotModified;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.fault.FaultyHost.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An engine's process is killed at the first effect of an operation that lasts, then at its second,
 * and so on. Whatever the moment, the next engine finds each object whole or not at all, and after
 * its removal nothing is left.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class CrashPointIT {
  private static final String SUBJECT = "crash-" + ProcessHandle.current().pid();
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** Starting a process for each moment takes a second; these differ in what they leave. */
  private static final Set<String> TRIED =
      Set.of(
          "create with a named and an anonymous volume",
          "start on the bridge with a port",
          "exec",
          "stop",
          "remove a container that has ended",
          "remove a running container by force",
          "network create",
          "network connect",
          "network disconnect",
          "import",
          "rmi",
          "volume create");

  /** What a thing that is whole already, or gone already, is refused with. */
  private static final List<Class<? extends EngineException>> DONE_ALREADY =
      List.of(Conflict.class, Forbidden.class, NotFound.class, NotModified.class);

  private final Kernel kernel = Kernel.load();
  private final List<String> complaints = new ArrayList<>();
  private HostNamespaces machines;
  private Path root;
  private String cgroupParent;
  private Engine engine;

  static Stream<Operation> operations() {
    return new Operations(SUBJECT).all().filter(operation -> TRIED.contains(operation.name()));
  }

  @BeforeEach
  void open() throws IOException {
    machines = HostNamespaces.create(kernel);
    root = Files.createTempDirectory("jdocker-fault");
    cgroupParent = "jdocker-test-" + root.getFileName();
    Files.createDirectories(FaultyHost.NAMES);
    openEngine();
    with(first -> BusyboxImage.importInto(first.images(), "busybox:latest"));
  }

  @AfterEach
  void close() throws IOException {
    with(
        last -> {
          for (Container container : List.copyOf(last.containers().list())) {
            last.containers().remove(container.id().hex(), true, true);
          }
          last.close();
        });
    machines.close();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void openEngine() {
    engine =
        machines.run(
            () -> Engine.open(FaultyHost.options(root, FaultyHost.NAMES, cgroupParent), kernel));
  }

  private void with(Work work) {
    machines.run(
        () -> {
          try {
            work.run(engine);
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private HostState state(boolean rules) throws IOException {
    // The engines of this process, one after another, close their sockets when they please.
    HostState now = HostState.take(machines, kernel, root, cgroupParent).withoutDescriptors();
    return rules ? now.withRules(machines) : now;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void aKillAtAnyLastingEffectIsMended(Operation operation, TestReporter reporter)
      throws Exception {
    with(operation.prepare());
    with(operation.act());
    with(operation.undo());
    HostState before = state(operation.network());
    int point = 1;
    while (tried(operation, point, before)) {
      point++;
    }
    reporter.publishEntry(operation.name(), (point - 1) + " kills");
    assertEquals(List.of(), complaints);
    assertTrue(point > 1, "it was never killed");
  }

  private boolean tried(Operation operation, int point, HostState before) throws Exception {
    machines.run(engine::close);
    String last = dyingProcess(operation, point);
    openEngine();
    String when = "killed at " + last;
    with(
        now -> {
          for (Container container : now.containers().list()) {
            check(container, when);
          }
        });
    attempt(when, operation.act());
    with(operation.undo());
    awaitState(when, before);
    return !last.equals(DyingEngine.SURVIVED);
  }

  /** What runs by its record runs in the kernel, and the other way round. */
  private void check(Container container, String when) {
    Path process = Path.of("/proc", Integer.toString(container.state().pid()));
    boolean running = container.state().status() == Status.RUNNING;
    if (running != Files.exists(process.resolve("exe"))) {
      complain(when, container.record().name() + " is " + container.state());
    }
  }

  /** The operation once more: it succeeds, or was through when the process died. */
  private void attempt(String when, Work act) {
    try {
      with(act);
    } catch (RuntimeException e) {
      if (!DONE_ALREADY.contains(e.getClass())) {
        complain(when, "tried again: " + e);
      }
    }
  }

  /** Runs it to its death; the last that it said. */
  private String dyingProcess(Operation operation, int point) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        machines.startHost(
            String.join(
                " ",
                "exec",
                java,
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                    + System.getProperty("java.class.path")
                    + "'",
                DyingEngine.class.getName(),
                root.toString(),
                cgroupParent,
                SUBJECT,
                "'" + operation.name() + "'",
                Integer.toString(point)));
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it neither died nor survived");
    List<String> lines = output.lines().toList();
    String last = lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    int expected = last.equals(DyingEngine.SURVIVED) ? 0 : 128 + 9;
    assertEquals(expected, process.exitValue(), output);
    return last;
  }

  private void awaitState(String when, HostState before) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<String> difference;
    do {
      difference = state(before.found().containsKey("rules")).differenceTo(before);
    } while (!difference.isEmpty() && System.nanoTime() < deadline);
    if (!difference.isEmpty()) {
      complain(when, difference.toString());
    }
  }

  private void complain(String when, String what) {
    complaints.add(when + ": " + what);
  }
}
