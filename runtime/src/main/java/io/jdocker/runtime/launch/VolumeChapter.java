package io.jdocker.runtime.launch;

import io.jdocker.linux.MountCalls;
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
        // Folders are still to be made in it, to mount on.
        long flags = isSealed(system) ? system.flags() & ~MountCalls.MS_RDONLY : system.flags();
        calls.mount(
            "a file system of its own",
            system.type(),
            system.target(),
            system.type(),
            new MountOptions(flags, system.data()));
      }
    }
    for (VolumeMount mount : mounts) {
      if (mount instanceof VolumeMount.FileSystem system && isSealed(system)) {
        calls.mount(
            "nothing more is to be written in it",
            null,
            system.target(),
            null,
            MountOptions.flags(system.flags() | MountCalls.MS_REMOUNT | MountCalls.MS_BIND));
      }
    }
  }

  private static boolean isSealed(VolumeMount.FileSystem system) {
    return system.type().equals("tmpfs") && (system.flags() & MountCalls.MS_RDONLY) != 0;
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
