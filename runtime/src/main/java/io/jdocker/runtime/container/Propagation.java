package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** How mounts pass between the host and a bind, see mount_namespaces(7). */
enum Propagation {
  PRIVATE("private", MountCalls.MS_PRIVATE, false),
  RPRIVATE("rprivate", MountCalls.MS_PRIVATE, true),
  SLAVE("slave", MountCalls.MS_SLAVE, false),
  RSLAVE("rslave", MountCalls.MS_SLAVE, true),
  SHARED("shared", MountCalls.MS_SHARED, false),
  RSHARED("rshared", MountCalls.MS_SHARED, true);

  private final String word;
  private final long flag;
  private final boolean recursive;

  Propagation(String word, long flag, boolean recursive) {
    this.word = word;
    this.flag = flag;
    this.recursive = recursive;
  }

  /** That of a word; empty for a word that is none. */
  static Optional<Propagation> of(String word) {
    for (Propagation propagation : values()) {
      if (propagation.word.equals(word)) {
        return Optional.of(propagation);
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses a source whose own mount keeps what is mounted to itself.
   *
   * @param table is read for a source that is to share something alone
   * @throws InvalidArgument in Docker's words
   */
  void requireSource(String source, Supplier<MountTable> table) {
    if (flag == MountCalls.MS_PRIVATE) {
      return;
    }
    Path real;
    try {
      real = Path.of(source).toRealPath();
    } catch (IOException e) {
      throw new InvalidArgument("cannot mount " + source + ": " + e.getMessage(), e);
    }
    MountTable.Mount mount = table.get().of(real).orElseThrow();
    boolean slaveWanted = flag == MountCalls.MS_SLAVE;
    if (!mount.isShared() && !(slaveWanted && mount.isSlave())) {
      throw new InvalidArgument(
          "path "
              + source
              + " is mounted on "
              + mount.point()
              + " but it is not a shared"
              + (slaveWanted ? " or slave" : "")
              + " mount");
    }
  }

  /** Sets it on a detached copy. */
  void set(MountCalls mounts, Fd tree) {
    mounts.setPropagation(tree, flag, recursive);
  }
}
