package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;

/** A mount of a container beside its root, /dev, /proc and /sys, ready for the launch. */
public sealed interface VolumeMount {
  /** The absolute path in the container. */
  String target();

  /**
   * A detached copy of a mount of the host (open_tree(2)), opened and made read-only where asked
   * before the clone, so that no path of the host is walked by the child.
   *
   * @param source the path it was opened from, for a person
   */
  record Tree(Fd tree, String source, String target, boolean folder, boolean readOnly)
      implements VolumeMount {
    /** A writable folder. */
    public static Tree of(Fd tree, String source, String target) {
      return new Tree(tree, source, target, true, false);
    }
  }

  /**
   * A file system of the kernel's.
   *
   * @param type {@code tmpfs}, {@code cgroup2}
   * @param flags MS_* of mount(2)
   * @param data its own options, comma-separated
   */
  record FileSystem(String type, String target, long flags, String data) implements VolumeMount {}
}
