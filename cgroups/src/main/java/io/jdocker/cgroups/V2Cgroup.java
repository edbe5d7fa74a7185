package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** A container's folder in the v2 tree. */
final class V2Cgroup implements Cgroup {
  private static final String KILL = "cgroup.kill";
  private static final List<String> PRESSURES = List.of("cpu", "io", "memory");

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
    PRESSURES.forEach(subject -> measurePressure(subject, stats));
    return stats.build();
  }

  /** The files are absent with CONFIG_PSI=n, and cannot be read with psi=0 on the command line. */
  private void measurePressure(String subject, StatsBuilder stats) {
    String file = subject + ".pressure";
    try {
      if (directory.has(file)) {
        Pressure.parse(directory.read(file)).ifPresent(p -> stats.pressure.put(subject, p));
      }
    } catch (SyscallException e) {
      if (!e.is(Errno.EOPNOTSUPP)) {
        throw e;
      }
    }
  }

  @Override
  public long oomKills() {
    return directory.has("memory.events") ? V2MemoryController.oomKills(directory) : 0;
  }

  @Override
  public synchronized void update(Limits limits) {
    refuseBelowUse(limits.memory());
    controllers.forEach(controller -> controller.update(limits, directory));
  }

  /** Where v1 answers EBUSY, v2 would kill processes until the new limit holds. */
  private void refuseBelowUse(MemoryLimits wanted) {
    if (wanted.limit() <= 0 || !directory.has(V2MemoryController.USAGE)) {
      return;
    }
    long limit = directory.readNumber(V2MemoryController.LIMIT);
    long usage = directory.readNumber(V2MemoryController.USAGE);
    if (wanted.limit() < limit && wanted.limit() < usage) {
      throw new InvalidArgument(
          "unable to set memory limit to "
              + wanted.limit()
              + " (current usage: "
              + usage
              + "): free memory in the container first, or stop it");
    }
  }

  @Override
  public void remove() {
    if (!CgroupTree.removed(directory)) {
      kill();
      CgroupTree.removeAll(directory);
    }
  }
}
