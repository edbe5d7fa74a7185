package io.jdocker.runtime.launch;

import java.util.List;

/** What the user mounts into the container, shallow targets before those below them. */
final class VolumeChapter {
  private VolumeChapter() {}

  static void write(Calls calls, List<VolumeMount> mounts) {
    for (VolumeMount mount : mounts) {
      if (mount instanceof VolumeMount.Tree tree) {
        attach(calls, tree);
      } else {
        VolumeMount.Memory memory = (VolumeMount.Memory) mount;
        calls.makeFolders(memory.target(), 0755);
        calls.mount(
            "a file system in memory, asked for by the user",
            "tmpfs",
            memory.target(),
            "tmpfs",
            new MountOptions(memory.flags(), memory.data()));
      }
    }
  }

  private static void attach(Calls calls, VolumeMount.Tree tree) {
    String target = tree.target();
    if (tree.folder()) {
      calls.makeFolders(target, 0755);
    } else {
      int name = target.lastIndexOf('/');
      if (name > 0) {
        calls.makeFolders(target.substring(0, name), 0755);
      }
      calls.makeFile(target);
    }
    calls.attachMount("a part of the host, asked for by the user", tree.tree(), target);
  }
}
