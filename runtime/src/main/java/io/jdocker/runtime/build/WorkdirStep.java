package io.jdocker.runtime.build;

import io.jdocker.images.ImageLayer;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** WORKDIR: sets the working directory, and makes it where the image has none. */
final class WorkdirStep {
  private final BuildScope scope;
  private final StageState state;

  WorkdirStep(BuildScope scope, StageState state) {
    this.scope = scope;
    this.state = state;
  }

  void run(Instruction.Workdir workdir) throws IOException {
    state.config().workingDirectory(state.expand(workdir.path()));
    String folder = state.folder();
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("kind", "WORKDIR");
    inputs.put("files", state.draft().top().map(Object::toString).orElse(""));
    inputs.put("working directory", folder);
    String shown = "/bin/sh -c #(nop) WORKDIR " + folder;
    Optional<StepCache.Hit> hit = scope.cache().find(workdir.text(), inputs);
    if (hit.isPresent()) {
      scope.output().cached();
      StageBuild.addHistory(state, shown, hit.get().created(), hit.get().layer());
      return;
    }
    Optional<ImageLayer> layer = make(folder);
    Instant now = scope.now();
    scope.cache().add(workdir.text(), inputs, layer.map(ImageLayer::chainId), now);
    StageBuild.addHistory(state, shown, now, layer);
  }

  private Optional<ImageLayer> make(String folder) throws IOException {
    if (folder.equals("/")) {
      return Optional.empty();
    }
    try (StageRoot root = new StageRoot(scope, state)) {
      Optional<FileStatus> there = root.root().tree().find(folder);
      if (there.filter(FileStatus::isDirectory).isPresent()) {
        return Optional.empty();
      }
      if (there.isPresent()) {
        throw new InvalidArgument("cannot mkdir: " + folder + " is no directory");
      }
      root.root().tree().makeFolders(folder).close();
      return Optional.of(root.keep());
    }
  }
}
