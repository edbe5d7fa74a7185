package io.jdocker.runtime.build;

import io.jdocker.images.ImageLayer;
import io.jdocker.images.OverlayMount;
import io.jdocker.images.Snapshotter;
import io.jdocker.images.change.Changes;
import io.jdocker.runtime.container.MountedRoot;
import java.io.IOException;
import java.util.Set;

/** The files of a stage so far, to be changed without a container. */
final class StageRoot implements AutoCloseable {
  private final BuildScope scope;
  private final StageState state;
  private final String key;
  private final OverlayMount overlay;
  private final MountedRoot root;

  StageRoot(BuildScope scope, StageState state) {
    this.scope = scope;
    this.state = state;
    this.key = scope.workspace().nextContainerName();
    this.overlay = snapshots().prepare(key, state.draft().image());
    try {
      this.root = MountedRoot.mount(scope.parts().kernel(), scope.parts().root(), overlay);
    } catch (RuntimeException e) {
      snapshots().remove(key);
      throw e;
    }
  }

  private Snapshotter snapshots() {
    return scope.parts().images().snapshotter();
  }

  MountedRoot root() {
    return root;
  }

  /** What was changed, as a layer. */
  ImageLayer keep() throws IOException {
    Changes changes = new Changes(scope.parts().kernel(), overlay, Set.of());
    return scope
        .assembly()
        .addLayer(
            state.draft().top(), sink -> changes.writeLayer(ClampedTimes.of(sink, scope.epoch())));
  }

  @Override
  public void close() {
    root.close();
    snapshots().remove(key);
  }
}
