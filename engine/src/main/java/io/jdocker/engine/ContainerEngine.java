package io.jdocker.engine;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.RootLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A container engine in this process. It needs root (CAP_SYS_ADMIN and others), and Linux 5.9.
 *
 * <pre>{@code
 * EngineSettings settings =
 *     EngineSettings.of(Path.of("/var/lib/my-tests")).withLifetime(Lifetime.PROCESS);
 * try (ContainerEngine engine = ContainerEngine.open(settings)) {
 *   engine.images().need("busybox");
 *   ProcessResult result =
 *       engine.containers().run(ContainerRequest.image("busybox").command("date").build());
 *   System.out.println(result.stdout());
 * }
 * }</pre>
 *
 * <p>An engine owns all below its root; a second one on the same root, be it in this process or a
 * daemon, is refused. It works in the network namespace of the thread that opens it, which
 * therefore must be that of every thread that calls it.
 *
 * <p>Thread-safe, and so is all that is got from it. After {@link #close} nothing of it may be used
 * any more.
 */
public final class ContainerEngine implements AutoCloseable {
  private final EngineSettings settings;
  private final RootLock lock;
  private final Engine engine;
  private final Optional<DeathWatch> watch;
  private final SourcePublisher<EngineEvent> events;
  private final AtomicBoolean closed = new AtomicBoolean();

  private ContainerEngine(
      EngineSettings settings, RootLock lock, Engine engine, Optional<DeathWatch> watch) {
    this.settings = settings;
    this.lock = lock;
    this.engine = engine;
    this.watch = watch;
    this.events = new SourcePublisher<>("jdocker-events", () -> new EventSource(engine.events()));
  }

  /**
   * Opens an engine, and takes over or removes what an earlier one left, as its {@link Lifetime}
   * says.
   *
   * @throws io.jdocker.linux.failure.Conflict when another engine has the root
   * @throws io.jdocker.linux.failure.EngineException when the machine lacks something, saying what
   */
  public static ContainerEngine open(EngineSettings settings) {
    makeRoot(settings.root());
    try (Undo undo = new Undo()) {
      RootLock lock = RootLock.acquire(settings.root());
      undo.push("give back the lock", () -> close(lock));
      Engine engine = Engine.open(settings.options());
      undo.push("close the engine", engine::close);
      Optional<DeathWatch> watch = Optional.empty();
      if (settings.lifetime() == Lifetime.PROCESS) {
        new Sweep(engine).run();
        watch = Optional.of(DeathWatch.start(settings));
      }
      undo.commit();
      return new ContainerEngine(settings, lock, engine, watch);
    }
  }

  /** As {@link #open(EngineSettings)}, with the daemon's settings: containers go on at its end. */
  public static ContainerEngine open(Path root) {
    return open(EngineSettings.of(root));
  }

  private static void makeRoot(Path root) {
    try {
      // Only the root is the engine's own: folders above it are made as anybody makes them.
      Path above = root.getParent();
      if (above != null) {
        Files.createDirectories(above);
      }
      if (!Files.isDirectory(root)) {
        Files.createDirectory(
            root,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot make the root folder " + root + ": " + e, e);
    }
  }

  private static void close(RootLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new SystemFailure("cannot give back the lock of an engine: " + e.getMessage(), e);
    }
  }

  public EngineSettings settings() {
    return settings;
  }

  public Containers containers() {
    return new Containers(engine);
  }

  public Images images() {
    return new Images(engine);
  }

  public Networks networks() {
    return new Networks(engine);
  }

  public Volumes volumes() {
    return new Volumes(engine);
  }

  /**
   * What happens from the moment of subscribing on. A subscriber that falls 4096 events behind
   * loses the newest; all are completed when the engine is closed.
   */
  public Flow.Publisher<EngineEvent> events() {
    return events;
  }

  /**
   * Lets go of everything. Containers go on, or are removed with networks and volumes, as the
   * {@link Lifetime} says. A second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    events.finish();
    try (Undo closing = new Undo()) {
      closing.push("give back the lock", () -> close(lock));
      watch.ifPresent(w -> closing.push("tell the watch", w::dismiss));
      closing.push("close the engine", engine::close);
      if (settings.lifetime() == Lifetime.PROCESS) {
        new Sweep(engine).run();
      }
    }
  }
}
