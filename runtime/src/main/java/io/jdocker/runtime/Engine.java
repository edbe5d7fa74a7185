package io.jdocker.runtime;

import io.jdocker.cgroups.CgroupDetector;
import io.jdocker.cgroups.CgroupDriver;
import io.jdocker.images.ImageStore;
import io.jdocker.images.registry.Registries;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.launch.InitImage;
import io.jdocker.linux.launch.Launcher;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.network.Networks;
import io.jdocker.runtime.build.ImageBuilder;
import io.jdocker.runtime.container.Containers;
import io.jdocker.runtime.container.EngineParts;
import io.jdocker.runtime.event.EventBus;
import io.jdocker.runtime.stdio.EventLoop;
import io.jdocker.runtime.timer.Timer;
import io.jdocker.runtime.volume.MountedVolumes;
import io.jdocker.runtime.volume.VolumeStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A container engine: images, networks, volumes and containers below one root folder, in the
 * network namespace that opened it. Two engines with two roots in two network namespaces are two
 * hosts. Thread-safe.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open(EngineOptions.of(Path.of("/var/lib/jdocker")))) {
 *   Container container = engine.containers().create("web", spec);
 *   engine.containers().start(container.id().hex());
 * }
 * }</pre>
 *
 * <p>Containers go on when it is closed; the next engine on that root takes them over.
 */
public final class Engine implements AutoCloseable {
  private final EngineParts parts;
  private final Containers containers;
  private final Registries registries;
  private final ImageBuilder builder;

  private Engine(EngineParts parts, Containers containers, Registries registries) {
    this.parts = parts;
    this.containers = containers;
    this.registries = registries;
    this.builder = ImageBuilder.open(parts, containers, registries);
  }

  /** Opens with a kernel of its own. */
  public static Engine open(EngineOptions options) {
    return open(options, Kernel.load());
  }

  /**
   * Opens. One engine a root at a time: the caller sees to that.
   *
   * @throws io.jdocker.linux.failure.EngineException when the machine lacks something, saying what
   */
  public static Engine open(EngineOptions options, Kernel kernel) {
    // Before any process is cloned (CVE-2016-9962, CVE-2019-5736).
    kernel.processes().setDumpable(false);
    try (Undo undo = new Undo()) {
      Engine engine = open(options, kernel, undo);
      undo.commit();
      return engine;
    }
  }

  private static Engine open(EngineOptions options, Kernel kernel, Undo undo) {
    Launcher launcher = new Launcher(kernel);
    undo.push("close the launcher", launcher::close);
    Path root = options.root();
    makeFolder(root, "rwx--x--x");
    makeFolder(root.resolve("rootfs"), "rwx------");
    EventLoop loop =
        EventLoop.start(
            kernel, root.resolve("output"), root.resolve("containers"), options.clock());
    undo.push("end the event loop", loop::close);
    ExecutorService workers = Executors.newCachedThreadPool(Engine::worker);
    undo.push("let the workers go", workers::shutdown);
    CgroupDriver cgroups = new CgroupDetector(kernel).detect(options.cgroupParent());
    undo.push("close the control groups", cgroups::close);
    Networks networks = Networks.open(options.network(), kernel);
    undo.push("close the networks", networks::close);
    Fd init =
        kernel.files().sealedMemory(InitImage.NAME, InitImage.executable(kernel.architecture()));
    undo.push("close the init program", init::close);
    Timer timer = options.timer().get();
    undo.push("end the timer", timer::close);
    EngineParts parts =
        new EngineParts(
            kernel,
            root,
            ImageStore.open(root.resolve("images"), kernel),
            cgroups,
            networks,
            new VolumeStore(root.resolve("volumes"), options.clock()),
            new MountedVolumes(kernel),
            new EventBus(options.clock()),
            loop,
            launcher,
            init,
            options.clock(),
            timer,
            workers,
            options.users());
    return new Engine(
        parts,
        Containers.open(parts),
        new Registries(parts.images(), options.registries(), options.clock()));
  }

  private static Thread worker(Runnable task) {
    Thread thread = new Thread(task, "jdocker-worker");
    thread.setDaemon(true);
    return thread;
  }

  private static void makeFolder(Path folder, String permissions) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }

  public Kernel kernel() {
    return parts.kernel();
  }

  public Path root() {
    return parts.root();
  }

  public Containers containers() {
    return containers;
  }

  /** Builds images from Dockerfiles. */
  public ImageBuilder builder() {
    return builder;
  }

  public ImageStore images() {
    return parts.images();
  }

  public Registries registries() {
    return registries;
  }

  public Networks networks() {
    return parts.networks();
  }

  public VolumeStore volumes() {
    return parts.volumes();
  }

  public EventBus events() {
    return parts.events();
  }

  /** Who users of containers are on the host, unless a container says otherwise. */
  public IdMapping users() {
    return parts.users();
  }

  public CgroupDriver cgroups() {
    return parts.cgroups();
  }

  /** Lets go of everything and leaves containers running. */
  @Override
  public void close() {
    parts.timer().close();
    registries.close();
    containers.close();
    parts.loop().close();
    parts.workers().shutdown();
    parts.networks().close();
    parts.cgroups().close();
    parts.init().close();
    parts.launcher().close();
  }
}
