package io.jdocker.runtime.build;

import io.jdocker.images.dockerfile.Dockerfile.Stage;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.images.tree.TreeReader;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.images.tree.TreeWriter;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.Fd;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.MountSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a RUN step mounts beside its layers. What comes from a context, stage or image is copied
 * into the build's own folder first: no link of theirs is followed by a mount (CVE-2024-23651).
 *
 * @param described for the cache's key: contents of what can be read, not of caches
 */
record RunMounts(List<MountSpec> specs, List<String> described) {

  /**
   * Makes them ready.
   *
   * @param done gets what is to be done after the step
   */
  static RunMounts open(
      BuildScope scope, Stage stage, StageState state, Instruction.Run run, Undo done)
      throws IOException {
    List<MountSpec> specs = new ArrayList<>();
    List<String> described = new ArrayList<>();
    for (String text : run.mounts()) {
      RunMount mount = RunMount.parse(state.expand(text), state.folder());
      switch (mount.kind()) {
        case TMPFS -> {
          String options = mount.size().isEmpty() ? "" : "size=" + mount.size();
          specs.add(
              new MountSpec(MountSpec.Kind.TMPFS, "", mount.target(), false, "", options, false));
          described.add("tmpfs " + mount.target());
        }
        case CACHE -> {
          if (mount.locked()) {
            done.push("unlock " + mount.id(), scope.cacheFolders().lock(mount.id()));
          }
          Path folder = scope.cacheFolders().folder(mount.id());
          specs.add(bind(folder, mount.target(), mount.readOnly()));
          described.add("cache " + mount.id() + " " + mount.target());
        }
        case BIND -> {
          Path copy = scope.workspace().newFile();
          String digest = copy(scope, stage, mount, copy);
          specs.add(bind(copy.resolve("source"), mount.target(), true));
          described.add("bind " + digest + " " + mount.target());
        }
      }
    }
    return new RunMounts(List.copyOf(specs), List.copyOf(described));
  }

  private static MountSpec bind(Path source, String target, boolean readOnly) {
    return new MountSpec(
        MountSpec.Kind.BIND, source.toString(), target, readOnly, readOnly ? "ro" : "", "", false);
  }

  private static String copy(BuildScope scope, Stage stage, RunMount mount, Path copy)
      throws IOException {
    Files.createDirectory(copy);
    String name = "source";
    try (SourceTree source = SourceTree.open(scope, stage, mount.from());
        Fd at = open(source, mount);
        Fd folder =
            scope
                .parts()
                .kernel()
                .files()
                .open(copy.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
        TreeWriter writer =
            new TreeWriter(
                new TreeRoot(scope.parts().kernel(), folder),
                "/",
                WriteRules.build(),
                warning -> {})) {
      ContentHash hash = new ContentHash();
      TreeReader reader =
          new TreeReader(
              scope.parts().kernel(),
              (entry, content) -> writer.put(entry, hash.reading(entry, content)));
      if (scope.parts().kernel().files().status(at).isDirectory()) {
        reader.readFolder(at, name);
      } else {
        reader.readFile(at, name);
      }
      writer.finish();
      return hash.finish();
    }
  }

  private static Fd open(SourceTree source, RunMount mount) {
    try {
      return source.root().open("/" + mount.source());
    } catch (SyscallException e) {
      throw new InvalidArgument(
          "failed to compute cache key: \"/" + mount.source() + "\": not found", e);
    }
  }
}
