package io.jdocker.cgroups;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and finds the cgroups of one engine, all below one parent folder. Implemented for cgroup v1
 * (hybrid too: there the controllers are v1's) and v2; {@link CgroupDetector} chooses. Thread-safe.
 */
public interface CgroupDriver extends AutoCloseable {
  /**
   * Makes a cgroup with its limits set and no process in it. What an earlier engine left under that
   * id is removed first, unless processes run in it.
   *
   * @param id letters, digits, {@code _ . -}
   * @param devices rules in order; empty: no device at all can be opened
   * @throws InvalidArgument for an id that is no plain file name, or a limit the kernel refuses
   * @throws Conflict when processes run in a cgroup of that id
   * @throws SystemFailure when the kernel refuses; nothing is left then
   */
  Cgroup create(String id, Limits limits, List<DeviceRule> devices, Trace trace);

  /** The cgroup of that id, whoever made it. */
  Optional<Cgroup> find(String id);

  /** The ids below the parent folder, sorted: also those a crashed engine has left. */
  List<String> list();

  /** 1 or 2: whose files a container sees. */
  int version();

  /** The controllers at hand, by kernel name: {@code memory}, {@code pids}. */
  Set<String> controllers();

  /** Which limits can be set here; the others are refused by the kernel, or silently lost. */
  Set<Ability> abilities();

  /**
   * The same hierarchies with another parent folder: {@code --cgroup-parent}. Nothing is made yet.
   *
   * @throws InvalidArgument for a path with {@code ..}, which could name any cgroup of the host
   */
  CgroupDriver under(String parent);

  /** Removes the parent folder where it is empty. Cgroups that are in use stay. */
  @Override
  void close();
}
