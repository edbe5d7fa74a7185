package io.jdocker.runtime.build;

import io.jdocker.images.ImageLayer;
import io.jdocker.images.dockerfile.Dockerfile.Stage;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.images.tree.TreeWriter;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.pattern.IgnoreFile;
import io.jdocker.runtime.user.RootFiles;
import io.jdocker.runtime.user.User;
import io.jdocker.runtime.user.UserLookup;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** COPY and ADD: files from the context, another stage or an image become a layer. */
final class CopyStep {
  private final BuildScope scope;
  private final Stage stage;
  private final StageState state;

  CopyStep(BuildScope scope, Stage stage, StageState state) {
    this.scope = scope;
    this.stage = stage;
    this.state = state;
  }

  void run(Instruction.Copy copy) throws IOException {
    String typed = state.expand(copy.target());
    String target = typed.startsWith("/") ? typed : state.folder() + "/" + typed;
    String chown = state.expand(copy.flags().chown());
    ModeChange mode = ModeChange.parse(state.expand(copy.flags().chmod()));
    try (SourceTree tree = SourceTree.open(scope, stage, copy.flags().from())) {
      CopySources sources = CopySources.find(scope, state, copy, tree);
      boolean folder = asksForFolder(typed);
      if (sources.needFolder() && !folder && copy.sources().size() + copy.heredocs().size() > 1) {
        throw new InvalidArgument(
            "When using "
                + (copy.add() ? "ADD" : "COPY")
                + " with more than one source file, the destination must be a directory and end"
                + " with a /");
      }
      Map<String, String> inputs = inputs(copy, sources, target, chown);
      String shown = shown(copy, inputs.get("contents"), target);
      Optional<StepCache.Hit> hit = scope.cache().find(copy.text(), inputs);
      if (hit.isPresent()) {
        scope.output().cached();
        StageBuild.addHistory(state, shown, hit.get().created(), hit.get().layer());
        return;
      }
      ImageLayer layer = write(sources, target, folder, chown, mode);
      Instant now = scope.now();
      scope.cache().add(copy.text(), inputs, Optional.of(layer.chainId()), now);
      StageBuild.addHistory(state, shown, now, Optional.of(layer));
    }
  }

  private static boolean asksForFolder(String target) {
    return target.endsWith("/") || target.equals(".") || target.endsWith("/.");
  }

  private Map<String, String> inputs(
      Instruction.Copy copy, CopySources sources, String target, String chown) throws IOException {
    ContentHash hash = new ContentHash();
    sources.emitInto(hash::add);
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("kind", copy.add() ? "ADD" : "COPY");
    inputs.put("files", state.draft().top().map(Object::toString).orElse(""));
    inputs.put("contents", hash.finish());
    inputs.put("target", target);
    inputs.put("owner", chown);
    inputs.put("mode", state.expand(copy.flags().chmod()));
    return inputs;
  }

  /** As Docker's history has it. */
  private static String shown(Instruction.Copy copy, String contents, String target) {
    return "/bin/sh -c #(nop) "
        + (copy.add() ? "ADD" : "COPY")
        + " multi:"
        + contents
        + " in "
        + target
        + " ";
  }

  private ImageLayer write(
      CopySources sources, String target, boolean folder, String chown, ModeChange mode)
      throws IOException {
    try (StageRoot root = new StageRoot(scope, state)) {
      TreeRoot tree = root.root().tree();
      Optional<WriteRules.Owner> owner = owner(root, chown);
      Optional<FileStatus> there = tree.find(target);
      boolean into =
          folder || sources.needFolder() || there.filter(FileStatus::isDirectory).isPresent();
      if (into && there.isPresent() && !there.get().isDirectory()) {
        throw new InvalidArgument("cannot copy to non-directory: " + target);
      }
      int slash = target.lastIndexOf('/');
      String base = into ? target : target.substring(0, Math.max(1, slash));
      tree.makeFolders(base, owner).close();
      try (TreeWriter writer =
          new TreeWriter(tree, tree.resolve(base), WriteRules.build(), warning -> {})) {
        TarSink sink = withOwner(writer, owner, mode);
        if (into) {
          sources.emitInto(sink);
        } else {
          sources.emitAs(target.substring(slash + 1), sink);
        }
        writer.finish();
      }
      return root.keep();
    }
  }

  private static TarSink withOwner(
      TarSink writer, Optional<WriteRules.Owner> owner, ModeChange mode) {
    return new CopyFilter(writer, IgnoreFile.empty(), IgnoreFile.empty(), "", "", owner, mode);
  }

  /** Names are those of the image; a number alone is the group's, too. */
  private Optional<WriteRules.Owner> owner(StageRoot root, String chown) {
    if (chown.isEmpty()) {
      return Optional.empty();
    }
    String name = chown.matches("[0-9]+") ? chown + ":" + chown : chown;
    User user =
        new UserLookup(new RootFiles(scope.parts().kernel(), root.root().folder()))
            .resolve(name, List.of());
    return Optional.of(new WriteRules.Owner(user.uid(), user.gid()));
  }
}
