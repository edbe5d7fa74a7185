package io.jdocker.runtime.fault;

import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.fault.FaultPoint;
import io.jdocker.linux.testing.fault.FaultyFileSystem;
import io.jdocker.linux.testing.fault.FaultyLibC;
import io.jdocker.network.NetworkOptions;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.EngineOptions;
import io.jdocker.runtime.container.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A machine of its own with an engine on it, whose effects on the kernel and on files pass a {@link
 * FaultPoint}. It has the image {@code busybox}.
 */
final class FaultyHost implements AutoCloseable {
  static final Path NAMES = Path.of("/run/netns");

  private final FaultPoint faults = new FaultPoint();
  private final Kernel sound = Kernel.load();
  private final Kernel faulty = Kernel.load(libc -> new FaultyLibC(libc, faults));
  private final HostNamespaces machines = HostNamespaces.create(sound);
  private final Path root;
  private Engine engine;
  private boolean closed;

  FaultyHost() throws IOException {
    root = Files.createTempDirectory("jdocker-fault");
    Files.createDirectories(NAMES);
    engine = openFaulty();
    with(e -> BusyboxImage.importInto(e.images(), "busybox:latest"));
  }

  private Engine openFaulty() {
    FaultyFileSystem files = new FaultyFileSystem(faults);
    return open(options(files.wrap(root), files.wrap(NAMES), cgroupParent()), faulty);
  }

  private Engine open(EngineOptions options, Kernel kernel) {
    return machines.run(() -> Engine.open(options, kernel));
  }

  /** Options without spare namespaces, which would be made at any moment. */
  static EngineOptions options(Path at, Path names, String cgroupParent) {
    NetworkOptions usual = NetworkOptions.of(at);
    return EngineOptions.of(at)
        .withCgroupParent("/" + cgroupParent)
        .withNetwork(
            new NetworkOptions(
                usual.root(),
                usual.namespaces(),
                names,
                usual.bridge(),
                usual.bip(),
                usual.pools(),
                0));
  }

  FaultPoint faults() {
    return faults;
  }

  Path root() {
    return root;
  }

  HostNamespaces machines() {
    return machines;
  }

  String cgroupParent() {
    return "jdocker-test-" + root.getFileName();
  }

  /** Work on an engine. */
  @FunctionalInterface
  interface Work {
    void run(Engine engine) throws Exception;
  }

  /** Does the work on a thread of the machine. */
  void with(Work work) {
    call(
        () -> {
          work.run(engine);
          return true;
        });
  }

  <T> T call(Callable<T> work) {
    return machines.run(
        () -> {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** What is on the machine because of the engine. */
  HostState state() throws IOException {
    return HostState.take(machines, sound, root, cgroupParent());
  }

  /** Another engine takes over, as after a restart. */
  void restart() {
    closeEngine();
    openEngine();
  }

  void closeEngine() {
    machines.run(engine::close);
    closed = true;
  }

  void openEngine() {
    engine = openFaulty();
    closed = false;
  }

  /** An engine that meets no faults takes over, as after a restart. */
  void restartSound() {
    machines.run(engine::close);
    engine = open(options(root, NAMES, cgroupParent()), sound);
  }

  @Override
  public void close() throws IOException {
    faults.disarm();
    if (closed) {
      openEngine();
    }
    with(
        e -> {
          for (Container container : List.copyOf(e.containers().list())) {
            e.containers().remove(container.id().hex(), true, true);
          }
          e.close();
        });
    machines.close();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
