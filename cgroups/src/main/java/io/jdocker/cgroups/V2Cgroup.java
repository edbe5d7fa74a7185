package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A container's folder in the v2 tree. */
final class V2Cgroup implements Cgroup {
  private static final String KILL = "cgroup.kill";

  private final String id;
  private final ControlDirectory directory;
  private final List<Controller> controllers;
  private final Kernel kernel;
  private final V2Freezer freezer;

  V2Cgroup(String id, ControlDirectory directory, List<Controller> controllers, Kernel kernel) {
    this.id = id;
    this.directory = directory;
    this.controllers = controllers;
    this.kernel = kernel;
    this.freezer = new V2Freezer(directory, new CgroupEvents(directory, kernel));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Path> directories() {
    return List.of(directory.path());
  }

  @Override
  public List<Fd> openJoin() {
    return List.of(
        directory.files().open(directory.path().resolve("cgroup.procs"), OpenFlags.O_WRONLY));
  }

  @Override
  public Optional<Fd> openDirectory() {
    return Optional.of(
        directory.files().open(directory.path(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY));
  }

  @Override
  public void freeze() {
    freezer.freeze();
  }

  @Override
  public void thaw() {
    freezer.thaw();
  }

  @Override
  public boolean isFrozen() {
    return freezer.isFrozen();
  }

  @Override
  public void kill() {
    if (directory.has(KILL)) {
      // Linux 5.14: reaches frozen processes and those being forked, too.
      directory.write("end every process", KILL, 1);
      new CgroupEvents(directory, kernel).await("populated", 0, Deadline.ofSeconds(10));
    }
    new ProcessKiller(kernel).kill("cgroup " + id, this::processes, freezer);
  }

  @Override
  public List<Integer> processes() {
    return List.copyOf(directory.processes());
  }

  @Override
  public CgroupStats stats() {
    StatsBuilder stats = new StatsBuilder();
    controllers.forEach(controller -> controller.measure(directory, stats));
    return stats.build();
  }

  @Override
  public long oomKills() {
    return directory.has("memory.events") ? V2MemoryController.oomKills(directory) : 0;
  }

  @Override
  public synchronized void update(Limits limits) {
    controllers.forEach(controller -> controller.update(limits, directory));
  }

  @Override
  public void remove() {
    if (!CgroupTree.removed(directory)) {
      kill();
      CgroupTree.removeAll(directory);
    }
  }
}
