package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.Stage;

/** The words that introduce each stage. */
final class Sections {
  private Sections() {}

  /** What happens in the stage, in a few words. */
  static String title(Stage stage) {
    return switch (stage) {
      case ROOTFS -> "Root file system";
      case CGROUP -> "Control group";
      case NETWORK -> "Network";
      case PORTS -> "Published ports";
      case NAMES -> "Names";
      case LAUNCH -> "Launch";
      case TEARDOWN -> "End";
    };
  }

  /** Why, in a sentence or two, in lines of at most 78 characters. */
  static String sentence(Stage stage) {
    return switch (stage) {
      case ROOTFS -> "The image's layers lie unpacked on disk; the container gets a writable one.";
      case CGROUP ->
          """
          What the container may use of the machine. Each control group is a folder, each
          limit a file in it.""";
      case NETWORK ->
          """
          A network namespace has links, addresses, routes and rules of its own. A veth pair
          is a cable: one end in the container, the other in the host's bridge.""";
      case PORTS ->
          """
          Packets to a published port get the container's address as their destination
          (DNAT) before the host looks where they go.""";
      case NAMES ->
          "Files that are mounted over the image's: who the container is, and whom to ask.";
      case LAUNCH ->
          """
          A cloned child makes these calls in this order and then becomes the command. Paths
          are the host's up to pivot_root and the container's after it; HOST stands for
          the host's root.""";
      case TEARDOWN -> "The command has ended: what was made for it is taken back.";
    };
  }
}
