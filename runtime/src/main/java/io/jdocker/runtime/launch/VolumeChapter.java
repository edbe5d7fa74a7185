package io.jdocker.runtime.launch;

import java.util.List;

/** What else is mounted into the container, shallow targets before those below them. */
final class VolumeChapter {
  private VolumeChapter() {}

  static void write(Calls calls, List<VolumeMount> mounts) {
    for (VolumeMount mount : mounts) {
      if (mount instanceof VolumeMount.Tree tree) {
        attach(calls, tree);
      } else {
        VolumeMount.FileSystem system = (VolumeMount.FileSystem) mount;
        calls.makeFolders(system.target(), 0755);
        calls.mount(
            "a file system of its own",
            system.type(),
            system.target(),
            system.type(),
            new MountOptions(system.flags(), system.data()));
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
    calls.attachMount("a part of the host", tree);
  }
}
