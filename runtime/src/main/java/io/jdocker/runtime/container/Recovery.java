package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.launch.KeeperImage;
import io.jdocker.linux.launch.StatusRecord;
import io.jdocker.runtime.stdio.JsonFileLog;
import io.jdocker.runtime.stdio.ProcessStreams;
import io.jdocker.runtime.stdio.StdioEnds;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The start of an engine, be it the first one or one after kill -9: the records on disk are
 * compared with what the kernel has, and made to agree. Containers that run are adopted, those that
 * ended meanwhile get their exit status, and what belongs to no container is removed.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
  private static final int UNKNOWN_EXIT = 255;

  private final EngineParts parts;
  private final ContainerRegistry registry;
  private final ContainerStore store;
  private final EndOfRun endOfRun;
  private final RemoveContainer remove;

  Recovery(
      EngineParts parts,
      ContainerRegistry registry,
      ContainerStore store,
      EndOfRun endOfRun,
      RemoveContainer remove) {
    this.parts = parts;
    this.registry = registry;
    this.store = store;
    this.endOfRun = endOfRun;
    this.remove = remove;
  }

  void run() {
    for (ContainerRecord record : store.load()) {
      registry.reserveName(record.name(), record.id());
      registry.add(
          new Container(
              record, CreateContainer.hub(record.spec()), store.layout().recording(record.id())));
    }
    sweepCgroups();
    Set<String> live = new HashSet<>();
    for (Container container : registry.all()) {
      if (adopt(container)) {
        live.add(container.id().hex());
      }
    }
    parts.networks().restore(live);
    sweepSnapshots();
    registry.all().stream().filter(c -> !live.contains(c.id().hex())).forEach(this::settle);
  }

  /** Takes a running container over; false when it does not run. */
  private boolean adopt(Container container) {
    Path file = store.layout().status(container.id());
    Optional<StatusRecord> status = EndOfRun.readStatus(file);
    Optional<Cgroup> cgroup = parts.cgroups().find(container.id().hex());
    if (status.isEmpty() || cgroup.isEmpty()) {
      return false;
    }
    Optional<Fd> keeper = keeper(status.get().keeperPid(), file);
    if (keeper.isEmpty()) {
      return false;
    }
    try {
      adopt(container, status.get(), keeper.get(), cgroup.get());
      return true;
    } catch (EngineException | SyscallException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot take over container {0}: {1}",
          container.id(),
          e.getMessage());
      keeper.get().close();
      return false;
    }
  }

  private void adopt(Container container, StatusRecord status, Fd keeper, Cgroup cgroup) {
    ContainerState state = container.state();
    if (state.pid() != status.payloadPid()) {
      // Killed between the launch and the record of it.
      ContainerRecord running =
          container
              .record()
              .withState(
                  state.running(status.payloadPid(), status.keeperPid(), parts.clock().instant()));
      store.save(running);
      container.replace(running);
    }
    JsonFileLog log = store.layout().openLog(container.id(), parts.clock());
    container.started(
        new Run(
            keeper,
            take(keeper, KeeperImage.NOTICE_READ_FD)
                .orElseThrow(() -> new IllegalStateException("the keeper holds no notice")),
            parts.kernel().processes().openPidfd(status.payloadPid()),
            status.payloadPid(),
            cgroup,
            ProcessStreams.connect(
                parts.kernel(), parts.loop(), container.hub(), ends(keeper), log),
            log.progress()));
    endOfRun.expect(container);
  }

  private StdioEnds ends(Fd keeper) {
    Optional<Fd> terminal = take(keeper, KeeperImage.TERMINAL_FD);
    if (terminal.isPresent()) {
      return new StdioEnds.Terminal(terminal.get());
    }
    return new StdioEnds.Pipes(
        take(keeper, KeeperImage.STDIN_FD),
        take(keeper, KeeperImage.STDOUT_FD)
            .orElseThrow(() -> new IllegalStateException("the keeper holds no output")),
        take(keeper, KeeperImage.STDERR_FD));
  }

  private Optional<Fd> take(Fd keeper, int number) {
    return parts.kernel().processes().takeFd(keeper, number);
  }

  /**
   * The keeper of that pid, when it still is one: a pid may long be somebody else's, but only the
   * true keeper holds this very status file open.
   */
  private Optional<Fd> keeper(int pid, Path statusFile) {
    Optional<Fd> process = parts.kernel().processes().openPidfd(pid);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    Optional<Fd> held = take(process.get(), KeeperImage.STATUS_FD);
    if (held.isPresent()) {
      try (Fd fd = held.get()) {
        FileStatus mine =
            parts.kernel().files().status(FileCalls.AT_FDCWD, statusFile.toString(), 0);
        FileStatus theirs = parts.kernel().files().status(fd);
        if (mine.inode() == theirs.inode() && mine.device() == theirs.device()) {
          return process;
        }
      }
    }
    process.get().close();
    return Optional.empty();
  }

  /** Brings the record of a container that does not run in line with that. */
  private void settle(Container container) {
    String id = container.id().hex();
    try {
      parts.cgroups().find(id).ifPresent(Cgroup::remove);
      Optional<Integer> status =
          EndOfRun.readStatus(store.layout().status(container.id())).flatMap(StatusRecord::status);
      if (container.state().status().isAlive()) {
        int code = status.map(StatusRecord::exitCode).orElse(UNKNOWN_EXIT);
        ContainerRecord exited =
            container
                .record()
                .withState(container.state().exited(code, false, parts.clock().instant()));
        store.save(exited);
        container.replace(exited);
      }
      if (container.record().spec().lifecycle().autoRemove()
          && container.state().status() != Status.CREATED) {
        remove.removeAfterExit(container);
      }
    } catch (EngineException | SyscallException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot clean up after container {0}: {1}",
          id,
          e.getMessage());
    }
  }

  /**
   * Ends what runs in a control group of no container, or of one whose launch did not get so far as
   * to name its processes. A launch still under way then fails at its first step, as its group is
   * gone.
   */
  private void sweepCgroups() {
    for (String id : parts.cgroups().list()) {
      Optional<Container> owner = registry.find(id);
      boolean launched =
          owner.isPresent()
              && EndOfRun.readStatus(store.layout().status(owner.get().id())).isPresent();
      if (!launched) {
        parts.cgroups().find(id).ifPresent(Cgroup::remove);
      }
    }
  }

  private void sweepSnapshots() {
    List<String> keys = parts.images().snapshotter().list();
    for (String key : keys) {
      if (registry.find(key).isEmpty()) {
        parts.images().snapshotter().remove(key);
      }
    }
  }
}
