package io.jdocker.runtime.container;

import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.user.IdMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Owners of files in archives, who are the container's users, and of files in its mounts, who are
 * the host's. They differ while a container with a user namespace runs; its layers on disk, and
 * volumes, have the container's.
 */
final class ArchiveOwners {
  /** The kernel's own answer for who is nobody, /proc/sys/kernel/overflowuid. */
  private static final long NOBODY = 65534;

  private final Kernel kernel;
  private final IdMapping ids;

  private ArchiveOwners(Kernel kernel, IdMapping ids) {
    this.kernel = kernel;
    this.ids = ids;
  }

  static ArchiveOwners of(Kernel kernel, Container container, MountedRoot root) {
    return new ArchiveOwners(
        kernel, root.isLive() ? container.record().spec().namespaces().ids() : IdMapping.none());
  }

  /** What is put is on its way out of the container. */
  TarSink out(TarSink archive) {
    return (entry, content) ->
        archive.put(
            entry.withOwner(
                ids.containerUser(entry.uid()).orElse(NOBODY),
                ids.containerGroup(entry.gid()).orElse(NOBODY)),
            content);
  }

  /** What is put is on its way into the container. */
  TarSink in(TarSink files) {
    return ids.isNone()
        ? files
        : (entry, content) ->
            files.put(
                entry.withOwner(ids.hostUser((int) entry.uid()), ids.hostGroup((int) entry.gid())),
                content);
  }

  /** The host's user that an owner in the container is. */
  Optional<WriteRules.Owner> in(Optional<WriteRules.Owner> owner) {
    return owner.map(o -> new WriteRules.Owner(ids.hostUser(o.uid()), ids.hostGroup(o.gid())));
  }

  /** Work that may fail as files do. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Runs work that makes files: as the container's root, for who has no number in the container
   * cannot own a file there, were it for a moment (EOVERFLOW).
   */
  void asRoot(Work work) throws IOException {
    if (ids.isNone()) {
      work.run();
      return;
    }
    try {
      new NamespaceThread(kernel)
          .asFileOwner(
              ids.hostUser(0),
              ids.hostGroup(0),
              () -> {
                try {
                  work.run();
                  return true;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
