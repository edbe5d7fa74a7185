package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import java.util.List;
import java.util.Optional;

/**
 * How a process gets into a container's control group.
 *
 * @param folder v2: cloned into it
 * @param files v1: it writes itself into each of them, first of all
 */
record GroupJoin(Optional<Fd> folder, List<Fd> files) implements AutoCloseable {
  static GroupJoin open(Cgroup cgroup) {
    Optional<Fd> folder = cgroup.openDirectory();
    return new GroupJoin(folder, folder.isPresent() ? List.of() : cgroup.openJoin());
  }

  @Override
  public void close() {
    folder.ifPresent(Fd::close);
    files.forEach(Fd::close);
  }
}
