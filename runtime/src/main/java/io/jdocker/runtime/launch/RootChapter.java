package io.jdocker.runtime.launch;

import io.jdocker.linux.MountCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import java.nio.file.Path;

/**
 * The container's root file system: mounted in the child's own mount namespace, then pivoted to.
 */
final class RootChapter {
  private RootChapter() {}

  /**
   * @param overlay the data of the overlay mount: its layers
   * @param from the folder that paths in it start at: absolute ones would not fit a page
   * @param at an empty folder of the host; each container mounts there in a namespace of its own,
   *     so one serves them all, and when the container dies its mount dies with it
   */
  static void write(Calls calls, String overlay, Path from, Path at) {
    String root = at.toString();
    calls.mount(
        "let no mount of the container reach the host",
        null,
        "/",
        null,
        MountOptions.flags(MountCalls.MS_REC | MountCalls.MS_SLAVE));
    calls.enter(from.toString()).shell("cd " + Shell.quote(from.toString()));
    calls.mount(
        "stack the image's layers and a writable one",
        "overlay",
        root,
        "overlay",
        new MountOptions(0, overlay));
    calls.enter(root).shell("cd " + Shell.quote(root));
    // pivot_root(2), "pivot_root(., .)": the old root ends up on top of the new one, at ".".
    calls
        .call("make it the root", Sys.PIVOT_ROOT, Operand.of("."), Operand.of("."))
        .shell("pivot_root . .");
    calls
        .call(
            "let go of the host's root",
            Sys.UMOUNT2,
            Operand.of("."),
            Operand.named(MountCalls.MNT_DETACH, "MNT_DETACH"))
        .shell("umount -l .");
    calls.enter("/");
  }

  /** Makes the root read-only, once everything that must be written in it is written. */
  static void makeReadOnly(Calls calls) {
    calls.mount(
        "the image asked to stay as it is",
        null,
        "/",
        null,
        MountOptions.flags(MountCalls.MS_REMOUNT | MountCalls.MS_BIND | MountCalls.MS_RDONLY));
  }
}
