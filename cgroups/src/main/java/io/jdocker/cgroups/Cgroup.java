package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One container's cgroup: a folder in each hierarchy that is needed. Thread-safe. */
public interface Cgroup {
  String id();

  /** Its folders, the first one being the one to show. */
  List<Path> directories();

  /**
   * The files through which a process joins: it writes {@code 0} to each, in order, before it has
   * more than one thread. The caller closes them.
   */
  List<Fd> openJoin();

  /** v2: the folder, for clone3(2)'s CLONE_INTO_CGROUP, which spares the child the join. */
  Optional<Fd> openDirectory();

  /** Stops every process in it; returns once none runs any more. */
  void freeze();

  /** Lets the processes run on. */
  void thaw();

  /** True while it is frozen. */
  boolean isFrozen();

  /**
   * Ends every process in it with SIGKILL, frozen or not, whatever they fork meanwhile; returns
   * once there is none.
   *
   * @throws SystemFailure when a process does not end, naming it
   */
  void kill();

  /** The ids of its processes and of those in cgroups below it, as this process sees them. */
  List<Integer> processes();

  CgroupStats stats();

  /** How many of its processes the kernel has killed for want of memory. */
  long oomKills();

  /**
   * Sets the limits that are given and leaves the others.
   *
   * @throws InvalidArgument when the kernel refuses one: memory below what is in use
   */
  void update(Limits limits);

  /** Kills what runs in it and removes it with all below it. Does nothing when it is gone. */
  void remove();
}
