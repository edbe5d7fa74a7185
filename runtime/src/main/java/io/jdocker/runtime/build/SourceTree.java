package io.jdocker.runtime.build;

import io.jdocker.images.Image;
import io.jdocker.images.ImageDraft;
import io.jdocker.images.Snapshotter;
import io.jdocker.images.dockerfile.Dockerfile.Stage;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.pattern.IgnoreFile;
import io.jdocker.runtime.container.MountedRoot;
import java.util.Optional;

/**
 * Where files are copied from: the context, a stage that is done, or an image.
 *
 * @param ignored what of it is not to be seen
 * @param closing lets go of it
 */
record SourceTree(TreeRoot root, IgnoreFile ignored, Runnable closing) implements AutoCloseable {
  /**
   * Opens one.
   *
   * @param name empty: the context
   */
  static SourceTree open(BuildScope scope, Stage stage, String name) {
    if (name.isEmpty()) {
      return new SourceTree(scope.context().root(), scope.ignored(), () -> {});
    }
    NamedContext context = scope.request().inputs().contexts().get(name);
    if (context instanceof NamedContext.Tree tree) {
      return sent(scope, tree);
    }
    if (context instanceof NamedContext.OfImage image) {
      return mounted(scope, scope.assembly().draft(scope.images().get(image.name())).image());
    }
    Optional<Stage> other = scope.file().stageBefore(stage.index(), name);
    if (other.isPresent()) {
      return mounted(scope, scope.results().get(other.get().index()).draft().image());
    }
    if (name.matches("[0-9]+")) {
      throw new InvalidArgument(
          "invalid from flag value " + name + ": there is no such stage before this one");
    }
    Image image = scope.images().get(name);
    ImageDraft draft = scope.assembly().draft(image); // keeps its layers
    return mounted(scope, draft.image());
  }

  /** A tree of its own beside the context; the context's ignore file says nothing about it. */
  private static SourceTree sent(BuildScope scope, NamedContext.Tree tree) {
    Kernel kernel = scope.parts().kernel();
    try (Fd all = scope.workspace().open()) {
      Fd folder = new TreeRoot(kernel, all).openFolder(tree.folder());
      return new SourceTree(new TreeRoot(kernel, folder), IgnoreFile.empty(), folder::close);
    }
  }

  /** The files of an image. */
  static SourceTree mounted(BuildScope scope, Image image) {
    Snapshotter snapshots = scope.parts().images().snapshotter();
    String key = scope.workspace().nextContainerName();
    try {
      MountedRoot root =
          MountedRoot.mount(
              scope.parts().kernel(), scope.parts().root(), snapshots.prepare(key, image));
      return new SourceTree(
          root.tree(),
          IgnoreFile.empty(),
          () -> {
            root.close();
            snapshots.remove(key);
          });
    } catch (RuntimeException e) {
      snapshots.remove(key);
      throw e;
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
