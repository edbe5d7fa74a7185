package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A container's folders in the v1 hierarchies. */
final class V1Cgroup implements Cgroup {
  /** A thread that writes 0 here moves itself at once; cgroup.procs waits for all other moves. */
  private static final String JOIN_FILE = "tasks";

  private final String id;
  private final List<V1Hierarchy> hierarchies;
  private final ControlFiles files;
  private final Kernel kernel;
  private final Trace trace;

  /** Grows when an update pins the container to CPUs. */
  private volatile List<V1Place> places;

  V1Cgroup(
      String id,
      List<V1Hierarchy> hierarchies,
      List<V1Place> places,
      ControlFiles files,
      Kernel kernel,
      Trace trace) {
    this.id = id;
    this.hierarchies = hierarchies;
    this.places = List.copyOf(places);
    this.files = files;
    this.kernel = kernel;
    this.trace = trace;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Path> directories() {
    return places.stream().map(place -> place.directory().path()).toList();
  }

  @Override
  public List<Fd> openJoin() {
    try (Undo undo = new Undo()) {
      List<Fd> opened = new ArrayList<>();
      for (Path directory : directories()) {
        Fd fd = files.open(directory.resolve(JOIN_FILE), OpenFlags.O_WRONLY);
        undo.push("close " + fd, fd::close);
        opened.add(fd);
      }
      undo.commit();
      return opened;
    }
  }

  /** Empty: clone3(2) knows only v2 cgroups. */
  @Override
  public Optional<Fd> openDirectory() {
    return Optional.empty();
  }

  @Override
  public void freeze() {
    freezer().freeze();
  }

  @Override
  public void thaw() {
    freezer().thaw();
  }

  @Override
  public boolean isFrozen() {
    return find(V1Freezer.NAME).isPresent() && freezer().isFrozen();
  }

  private Freezer freezer() {
    return find(V1Freezer.NAME)
        .map(place -> new V1Freezer(place.directory()))
        .orElseThrow(
            () ->
                new Unsupported(
                    "cannot freeze "
                        + id
                        + ": no freezer hierarchy is mounted under /sys/fs/cgroup"));
  }

  private Optional<V1Place> find(String controller) {
    return places.stream().filter(place -> place.hierarchy().has(controller)).findFirst();
  }

  @Override
  public void kill() {
    // With the OOM killer off, who waits for memory does not freeze, but SIGKILL ends it.
    boolean freezes = find(V1Freezer.NAME).isPresent() && !waitsForMemory();
    Freezer freezer = freezes ? freezer() : new NoFreezer();
    new ProcessKiller(kernel).kill("cgroup " + id, this::processes, freezer);
  }

  private boolean waitsForMemory() {
    return find("memory")
        .map(place -> V1MemoryController.waitsForMemory(place.directory()))
        .orElse(false);
  }

  /** Those of every hierarchy: a child that was killed while it joined is in some of them only. */
  @Override
  public List<Integer> processes() {
    TreeSet<Integer> pids = new TreeSet<>();
    places.forEach(place -> pids.addAll(place.directory().processes()));
    return List.copyOf(pids);
  }

  @Override
  public CgroupStats stats() {
    StatsBuilder stats = new StatsBuilder();
    places.forEach(place -> place.measure(stats));
    return stats.build();
  }

  @Override
  public long oomKills() {
    return find("memory").map(place -> V1MemoryController.oomKills(place.directory())).orElse(0L);
  }

  @Override
  public synchronized void update(Limits limits) {
    if (limits.cpu().isPinned() && find(V1CpusetController.NAME).isEmpty()) {
      joinCpuset(limits);
    }
    places.forEach(place -> place.update(limits));
  }

  /** Pins a container that was not: its processes move into a new folder. */
  private void joinCpuset(Limits limits) {
    for (V1Hierarchy hierarchy : hierarchies) {
      if (hierarchy.hasCpuset()) {
        V1Place place = V1Place.of(hierarchy, id, trace);
        place.make();
        place.create(limits, List.of());
        for (int pid : processes()) {
          place.directory().write("move a process", "cgroup.procs", pid);
        }
        List<V1Place> more = new ArrayList<>(places);
        more.add(place);
        places = List.copyOf(more);
      }
    }
  }

  @Override
  public void remove() {
    for (V1Place place : places) {
      if (!CgroupTree.removed(place.directory())) {
        kill();
        place.remove();
      }
    }
  }
}
