package io.jdocker.runtime.testing;

import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.Kernel;
import io.jdocker.network.NetworkOptions;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.EngineOptions;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerState;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.container.WaitCondition;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.StreamSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An engine for one test, with a root, a control group and an image {@code busybox} of its own.
 * Close removes every container and all files.
 */
public final class TestEngine implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Kernel kernel;
  private final Path root;
  private final EngineOptions options;
  private Engine engine;

  /** What a finished container left to see. */
  public record Outcome(int exitCode, String stdout, String stderr) {}

  private TestEngine(Kernel kernel, Path root, UnaryOperator<EngineOptions> wish) {
    this.kernel = kernel;
    this.root = root;
    this.options =
        wish.apply(
            EngineOptions.of(root)
                .withCgroupParent("/jdocker-test-" + root.getFileName())
                .withNetwork(NetworkOptions.of(root).withSpareNamespaces(0)));
    this.engine = Engine.open(options, kernel);
  }

  /** Opens one. The folder is made below the machine's temporary one, on a real file system. */
  public static TestEngine open() throws IOException {
    return open(options -> options);
  }

  /** Opens one whose restarts and probes go by that time. */
  public static TestEngine open(ManualTime time) throws IOException {
    return open(options -> options.withTime(time.clock(), time::timer));
  }

  private static TestEngine open(UnaryOperator<EngineOptions> wish) throws IOException {
    Path root = Files.createTempDirectory("jdocker-it");
    TestEngine opened = new TestEngine(Kernel.load(), root, wish);
    BusyboxImage.importInto(opened.engine.images(), "busybox:latest");
    return opened;
  }

  public Engine engine() {
    return engine;
  }

  public Path root() {
    return root;
  }

  /** The folder of its control groups, in each hierarchy. */
  public String cgroupParent() {
    return "jdocker-test-" + root.getFileName();
  }

  /** Closes the engine and opens another on the same root: containers are to go on. */
  public Engine reopen() {
    engine.close();
    engine = Engine.open(options, kernel);
    return engine;
  }

  /** Runs a container to its end, attached to its output. */
  public Outcome run(ContainerSpec spec) throws Exception {
    Container container = engine.containers().create("", spec);
    String id = container.id().hex();
    try (Attachment attachment = engine.containers().attach(id, StreamSelection.output(), false)) {
      engine.containers().start(id);
      Output output = Output.of(attachment);
      return new Outcome(awaitExit(id), output.stdout(), output.stderr());
    }
  }

  /** Runs a further process of a container to its end. */
  public Outcome exec(Container container, ExecSpec spec) throws Exception {
    Exec exec = engine.containers().createExec(container.id().hex(), spec);
    try (Attachment attachment = exec.hub().attach(StreamSelection.output())) {
      engine.containers().startExec(exec);
      Output output = Output.of(attachment);
      int code = exec.exit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Outcome(code, output.stdout(), output.stderr());
    }
  }

  /** What the engine has on the machine now. */
  public Footprint footprint() throws IOException {
    return Footprint.of(root, options.cgroupParent());
  }

  /** Waits until that many keepers are left. */
  public void awaitKeepers(int count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (footprint().found().get("keepers").size() != count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(footprint().found().get("keepers") + " are left");
      }
      Thread.sleep(5);
    }
  }

  /** Waits until it has written that text. */
  public void awaitOutput(Container container, String text) throws Exception {
    Path log = engine.containers().logFile(container);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(log) || !Files.readString(log).contains(text)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(container.id() + " has not written " + text);
      }
      Thread.sleep(1);
    }
  }

  /** Waits until its state is as it should be. */
  public ContainerState awaitState(Container container, Predicate<ContainerState> wanted)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!wanted.test(container.state())) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(container.id() + " stays " + container.state());
      }
      Thread.sleep(1);
    }
    return container.state();
  }

  /** Waits until it does not run. */
  public int awaitExit(String id) throws Exception {
    return engine
        .containers()
        .await(id, WaitCondition.NOT_RUNNING)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until it is gone. */
  public int awaitRemoval(Container container) throws Exception {
    return engine
        .containers()
        .find(container.id().hex())
        .map(c -> engine.containers().await(c.id().hex(), WaitCondition.REMOVED))
        .orElse(java.util.concurrent.CompletableFuture.completedFuture(0))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Creates and starts one. */
  public Container start(ContainerSpec spec) {
    Container container = engine.containers().create("", spec);
    engine.containers().start(container.id().hex());
    return container;
  }

  @Override
  public void close() throws IOException {
    for (Container container : List.copyOf(engine.containers().list())) {
      engine.containers().remove(container.id().hex(), true, true);
    }
    engine.close();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
