package io.jdocker.runtime.container;

import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.Kernel;
import io.jdocker.runtime.user.RootFiles;
import io.jdocker.runtime.user.User;
import io.jdocker.runtime.user.UserLookup;
import java.util.List;
import java.util.Optional;

/** Whom files copied with {@code cp -a} belong to. */
final class ContainerOwner {
  private ContainerOwner() {}

  /** The container's user; empty where it names none. */
  static Optional<WriteRules.Owner> find(Kernel kernel, Container container, MountedRoot root) {
    String name = container.record().spec().process().user();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    User user = new UserLookup(new RootFiles(kernel, root.folder())).resolve(name, List.of());
    return Optional.of(new WriteRules.Owner(user.uid(), user.gid()));
  }
}
