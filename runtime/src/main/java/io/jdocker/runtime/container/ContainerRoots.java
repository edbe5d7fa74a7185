package io.jdocker.runtime.container;

import io.jdocker.images.OverlayMount;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.spec.MountSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens the root file systems of containers, running or not. Thread-safe. */
final class ContainerRoots {
  /** What of a container's mounts is to be seen. */
  enum Scope {
    /** Layers, volumes and parts of the host. */
    WITH_VOLUMES,
    /** Layers alone. */
    LAYERS
  }

  /** Work with a root that is open during the call. */
  @FunctionalInterface
  interface Work<T> {
    T with(MountedRoot root) throws IOException;
  }

  private static final List<String> NAME_FILES = List.of("hosts", "hostname", "resolv.conf");

  private final EngineParts parts;
  private final ContainerLayout layout;

  ContainerRoots(EngineParts parts, ContainerLayout layout) {
    this.parts = parts;
    this.layout = layout;
  }

  /**
   * Runs the work. A container that does not run cannot be started meanwhile: two mounts of one
   * writable folder would not see each other's changes.
   */
  <T> T with(Container container, Scope scope, Work<T> work) throws IOException {
    container.lock().lock();
    try {
      if (container.run().isEmpty()) {
        try (MountedRoot root = mount(container, scope)) {
          return work.with(root);
        }
      }
    } finally {
      container.lock().unlock();
    }
    Optional<MountedRoot> running = ofRunning(container, scope);
    if (running.isEmpty()) {
      // Its last process has ended, its run soon will have.
      container.nextExit().orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
      return with(container, scope, work);
    }
    try (MountedRoot root = running.get()) {
      return work.with(root);
    }
  }

  private Optional<MountedRoot> ofRunning(Container container, Scope scope) {
    Optional<Run> run = container.run();
    if (run.isEmpty()) {
      return Optional.empty();
    }
    int pid = run.get().pid();
    try {
      MountedRoot root =
          scope == Scope.LAYERS
              ? MountedRoot.ofLayers(parts.kernel(), pid)
              : MountedRoot.ofProcess(parts.kernel(), pid);
      // Looked at afterwards: a pid that is still this process's now was so when it was used.
      if (run.get().payload().filter(fd -> parts.kernel().processes().signal(fd, 0)).isPresent()) {
        return Optional.of(root);
      }
      root.close();
      return Optional.empty();
    } catch (SyscallException | SystemFailure | IllegalStateException e) {
      if (container.run().isPresent() && hasRoot(pid)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** A process that has ended has none, even while its parent has not yet taken its status. */
  private boolean hasRoot(int pid) {
    try {
      parts.kernel().files().open("/proc/" + pid + "/root", OpenFlags.O_PATH, 0).close();
      return true;
    } catch (SyscallException e) {
      return false;
    }
  }

  private MountedRoot mount(Container container, Scope scope) {
    OverlayMount overlay = overlay(container);
    List<MountedRoot.Attached> attached = scope == Scope.LAYERS ? List.of() : attached(container);
    return MountedRoot.mount(parts.kernel(), parts.root(), overlay, attached);
  }

  /** The layers of a container. */
  OverlayMount overlay(Container container) {
    return parts
        .images()
        .snapshotter()
        .find(container.id().hex())
        .orElseThrow(
            () -> new SystemFailure("the writable layer of " + container.id() + " is gone"));
  }

  private List<MountedRoot.Attached> attached(Container container) {
    List<MountedRoot.Attached> attached = new ArrayList<>();
    Path folder = layout.folder(container.id());
    for (String file : NAME_FILES) {
      if (Files.exists(folder.resolve(file))) {
        attached.add(
            new MountedRoot.Attached(folder.resolve(file).toString(), "/etc/" + file, false));
      }
    }
    for (MountSpec mount : container.record().spec().mounts()) {
      source(mount)
          .ifPresent(
              source ->
                  attached.add(
                      new MountedRoot.Attached(
                          source, ContainerPath.clean(mount.target()), mount.readOnly())));
    }
    attached.sort(Comparator.comparingLong(a -> a.target().chars().filter(c -> c == '/').count()));
    return attached;
  }

  private Optional<String> source(MountSpec mount) {
    return switch (mount.kind()) {
      case BIND -> Optional.of(mount.source());
      case VOLUME -> parts.volumes().find(mount.source()).map(v -> v.data().toString());
      case TMPFS -> Optional.empty();
    };
  }

  /** Where the engine may have made files and folders to mount on. */
  static Set<String> mountPoints(Container container) {
    Set<String> points = new HashSet<>(List.of("/dev", "/proc", "/sys"));
    NAME_FILES.forEach(file -> points.add("/etc/" + file));
    container
        .record()
        .spec()
        .mounts()
        .forEach(mount -> points.add(ContainerPath.clean(mount.target())));
    return points;
  }
}
