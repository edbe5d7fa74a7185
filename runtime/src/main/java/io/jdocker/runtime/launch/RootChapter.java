package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The container's root file system: mounted in the child's own mount namespace, then pivoted to.
 */
final class RootChapter {
  private RootChapter() {}

  /**
   * Mounts on the plan's mount point: each container does in a namespace of its own, so one folder
   * serves them all, and when the container dies its mount dies with it. Paths of layers start at a
   * folder, as absolute ones would not fit a page.
   */
  static void write(Calls calls, ContainerPlan plan) {
    String root = plan.mountPoint().toString();
    calls.mount(
        "let no mount of the container reach the host",
        null,
        "/",
        null,
        MountOptions.flags(MountCalls.MS_REC | MountCalls.MS_SLAVE));
    Optional<Fd> mapped = plan.namespaces().users().flatMap(UserPlan::layers);
    mapped.ifPresent(tree -> UserChapter.attachLayers(calls, tree, plan));
    Path from = mapped.isPresent() ? plan.mountPoint() : plan.overlayFolder();
    calls.enter(from.toString()).shell("cd " + Shell.quote(from.toString()));
    calls.mount(
        "stack the image's layers and a writable one",
        "overlay",
        root,
        "overlay",
        new MountOptions(0, plan.overlay()));
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
