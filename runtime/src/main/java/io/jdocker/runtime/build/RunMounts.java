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
 * @param described for the cache's key: contents of what can be read, not of caches, and never of
 *     secrets
 * @param environment that the mounts ask for, {@code NAME=value}
 */
record RunMounts(List<MountSpec> specs, List<String> described, List<String> environment) {

  /**
   * Makes them ready.
   *
   * @param done gets what is to be done after the step
   */
  static RunMounts open(
      BuildScope scope, Stage stage, StageState state, Instruction.Run run, Undo done)
      throws IOException {
    List<RunMount> mounts =
        run.mounts().stream()
            .map(text -> RunMount.parse(state.expand(text), state.folder()))
            .toList();
    RunMounts ready = new RunMounts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    // In one order for all: two steps that lock the same two caches could wait for each other.
    mounts.stream()
        .filter(mount -> mount.sharing() == RunMount.Sharing.LOCKED)
        .map(RunMount::id)
        .distinct()
        .sorted()
        .forEach(id -> done.push("unlock " + id, scope.cacheFolders().lock(id)));
    for (RunMount mount : mounts) {
      switch (mount.kind()) {
        case TMPFS -> ready.tmpfs(mount);
        case CACHE -> ready.cache(scope, stage, mount, done);
        case BIND -> {
          Path copy = scope.workspace().newFile();
          String digest = copy(scope, stage, mount, copy);
          ready.bind(copy.resolve("source"), mount, "bind " + digest + " " + mount.target());
        }
        case SECRET -> ready.secret(scope, mount);
        case SSH -> ready.ssh(scope, mount, done);
      }
    }
    return ready;
  }

  private void tmpfs(RunMount mount) {
    String options = mount.size().isEmpty() ? "" : "size=" + mount.size();
    specs.add(new MountSpec(MountSpec.Kind.TMPFS, "", mount.target(), false, "", options, false));
    described.add("tmpfs " + mount.target());
  }

  private void cache(BuildScope scope, Stage stage, RunMount mount, Undo done) {
    String id = mount.id();
    if (mount.sharing() == RunMount.Sharing.PRIVATE) {
      CacheFolders.Held held = scope.cacheFolders().lockPrivate(id);
      done.push("unlock " + held.id(), held.release());
      id = held.id();
    }
    Path folder = scope.cacheFolders().folder(id, fresh -> fill(scope, stage, mount, fresh));
    bind(folder, mount, "cache " + mount.id() + " " + mount.target());
  }

  private static void fill(BuildScope scope, Stage stage, RunMount mount, Path fresh)
      throws IOException {
    if (mount.from().isEmpty()) {
      Files.createDirectory(fresh);
      Files.setAttribute(fresh, "unix:uid", mount.access().uid());
      Files.setAttribute(fresh, "unix:gid", mount.access().gid());
      Files.setAttribute(fresh, "unix:mode", mount.access().mode());
      return;
    }
    Path copy = scope.workspace().newFile();
    copy(scope, stage, mount, copy);
    // Across file systems it cannot go; both lie below ROOT/build.
    Files.move(copy.resolve("source"), fresh);
  }

  private void secret(BuildScope scope, RunMount mount) {
    described.add("secret " + mount.id() + " " + mount.target());
    byte[] content = scope.request().inputs().secrets().get(mount.id());
    if (content != null) {
      Path file = scope.workspace().secrets().write(content, mount.access());
      specs.add(bind(file, mount.target(), true));
    } else if (mount.required()) {
      throw new InvalidArgument(
          "secret " + mount.id() + ": not found; send it with --secret id=" + mount.id());
    }
  }

  private void ssh(BuildScope scope, RunMount mount, Undo done) {
    String target =
        mount.target().isEmpty() ? "/run/buildkit/ssh_agent." + environment.size() : mount.target();
    described.add("ssh " + mount.id() + " " + target);
    Path agent = scope.request().inputs().agents().get(mount.id());
    if (agent == null) {
      if (mount.required()) {
        throw new InvalidArgument(
            "ssh agent " + mount.id() + ": not found; lend it with --ssh " + mount.id());
      }
      return;
    }
    Path socket = scope.workspace().secrets().newFile();
    AgentRelay relay = new AgentRelay(scope.parts().kernel(), socket, agent);
    done.push("close the ssh agent's socket", relay::close);
    scope.workspace().secrets().give(socket, mount.access());
    specs.add(bind(socket, target, false));
    if (environment.isEmpty()) {
      environment.add("SSH_AUTH_SOCK=" + target);
    }
  }

  private void bind(Path source, RunMount mount, String description) {
    specs.add(bind(source, mount.target(), mount.readOnly()));
    described.add(description);
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
