package io.jdocker.network.overlay;

import io.jdocker.network.state.StateFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The cluster that was chosen last, in the engine's folder: who starts an engine again need not
 * choose again.
 */
public final class ClusterFile {
  private static final String NAME = "cluster";

  private final StateFolder<ClusterOptions> folder;

  private ClusterFile(StateFolder<ClusterOptions> folder) {
    this.folder = folder;
  }

  public static ClusterFile of(Path root) {
    return new ClusterFile(new StateFolder<>(root.resolve("cluster"), ClusterOptions.class));
  }

  /** What counts: the given one, which is written down, or else the one that is. */
  public Optional<ClusterOptions> chosen(Optional<ClusterOptions> given) {
    if (given.filter(g -> g.store().equals(ClusterOptions.NONE)).isPresent()) {
      folder.delete(NAME);
      return Optional.empty();
    }
    Optional<ClusterOptions> before = folder.find(NAME);
    given.filter(g -> before.filter(g::equals).isEmpty()).ifPresent(g -> folder.write(NAME, g));
    return given.or(() -> before);
  }
}
