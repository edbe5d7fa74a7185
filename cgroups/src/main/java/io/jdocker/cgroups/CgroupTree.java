package io.jdocker.cgroups;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import jnr.constants.platform.Errno;

/**
 * An engine's part of one hierarchy: the parent folder and the cgroups in it.
 *
 * @param mount where the hierarchy is mounted
 */
record CgroupTree(Path mount, CgroupParent parent, ControlFiles files) {
  /** What has to be done to each folder on the way to the parent, when it is made. */
  interface Preparation {
    void prepare(ControlDirectory above, ControlDirectory made);
  }

  CgroupTree under(CgroupParent other) {
    return new CgroupTree(mount, other, files);
  }

  ControlDirectory directory(String id, Trace trace) {
    return new ControlDirectory(mount.resolve(parent.relative()).resolve(id), files, trace);
  }

  ControlDirectory parentDirectory(Trace trace) {
    return new ControlDirectory(mount.resolve(parent.relative()), files, trace);
  }

  boolean contains(String id) {
    return files.exists(mount.resolve(parent.relative()).resolve(id));
  }

  List<String> ids() {
    return files.children(mount.resolve(parent.relative()));
  }

  /**
   * Makes the folder of a cgroup. The usual case costs one mkdir(2): a missing parent and a
   * leftover are looked for only once that has failed.
   */
  void make(ControlDirectory directory, Preparation preparation) {
    try {
      makeOrRepair(directory, preparation);
    } catch (SyscallException e) {
      throw new SystemFailure(
          "cannot make cgroup "
              + directory.path()
              + ": "
              + e.getMessage()
              + "; jdocker needs root and a writable cgroup file system",
          e);
    }
  }

  private void makeOrRepair(ControlDirectory directory, Preparation preparation) {
    try {
      directory.make();
    } catch (SyscallException e) {
      if (e.is(Errno.EEXIST)) {
        removeLeftover(directory);
      } else if (e.is(Errno.ENOENT)) {
        makeParent(directory.trace(), preparation);
      } else {
        throw e;
      }
      directory.make();
    }
  }

  private static void removeLeftover(ControlDirectory directory) {
    if (!directory.processes().isEmpty()) {
      throw new Conflict(
          "cgroup "
              + directory.path()
              + " is in use by processes "
              + directory.processes()
              + "; end them or choose another --root");
    }
    removeAll(directory);
  }

  private void makeParent(Trace trace, Preparation preparation) {
    ControlDirectory above = new ControlDirectory(mount, files, trace);
    for (String name : parent.names()) {
      ControlDirectory next = above.child(name);
      if (!files.exists(next.path())) {
        makeUnlessExists(next);
      }
      preparation.prepare(above, next);
      above = next;
    }
  }

  private static void makeUnlessExists(ControlDirectory directory) {
    try {
      directory.make();
    } catch (SyscallException e) {
      // Another engine with the same parent was faster.
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
    }
  }

  /** Removes the parent folders from the bottom up, as far as they are empty. */
  void removeParent() {
    for (Path path = mount.resolve(parent.relative());
        !path.equals(mount);
        path = path.getParent()) {
      if (!removed(new ControlDirectory(path, files, Trace.off()))) {
        return;
      }
    }
  }

  /** Removes a cgroup without processes and all below it; does nothing where it is gone. */
  static void removeAll(ControlDirectory directory) {
    if (removed(directory)) {
      return;
    }
    List<ControlDirectory> below = directory.descendants();
    for (int i = below.size() - 1; i >= 0; i--) {
      remove(below.get(i));
    }
    remove(directory);
  }

  /**
   * Removes a folder. A process that has just ended may still be counted for a moment, for which v1
   * has no event: the kernel answers EBUSY until then.
   */
  private static void remove(ControlDirectory directory) {
    Deadline deadline = Deadline.ofSeconds(10);
    while (!removed(directory)) {
      if (!directory.processes().isEmpty() || !deadline.pause()) {
        throw new Conflict("cgroup " + directory.path() + " is in use");
      }
    }
  }

  /** False when it is in use: it has processes or folders. */
  static boolean removed(ControlDirectory directory) {
    try {
      directory.remove();
      return true;
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT)) {
        return true;
      }
      if (e.is(Errno.EBUSY) || e.is(Errno.ENOTEMPTY)) {
        return false;
      }
      throw e;
    }
  }
}
