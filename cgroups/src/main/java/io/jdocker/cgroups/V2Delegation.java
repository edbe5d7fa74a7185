package io.jdocker.cgroups;

import io.jdocker.linux.SyscallException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * Hands the controllers down a v2 tree: a cgroup has only those that the one above lists in
 * cgroup.subtree_control.
 *
 * <p>No cgroup but the true root may have both processes and controllers for cgroups below it. An
 * engine that runs in a container finds itself in just such a "root": its processes move into a
 * leaf first.
 *
 * @param controllers those that jdocker uses and the tree has
 */
record V2Delegation(List<Controller> controllers) {
  private static final String SWITCHES = "cgroup.subtree_control";
  private static final String LEAF = "jdocker-engine";

  static V2Delegation of(ControlDirectory root, List<Controller> known) {
    Set<String> available = words(root.read("cgroup.controllers"));
    return new V2Delegation(known.stream().filter(c -> available.contains(c.name())).toList());
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(w -> !w.isEmpty()).collect(Collectors.toSet());
  }

  /** Gives a new folder on the way to the parent its controllers. */
  void prepare(ControlDirectory above, ControlDirectory made) {
    handDown(above);
    handDown(made);
  }

  /**
   * Makes sure that a new cgroup has its controllers: a parent folder that somebody else has made,
   * or that an engine was killed at, may lack them.
   */
  void ensure(ControlDirectory above, ControlDirectory made) {
    if (!words(made.read("cgroup.controllers")).containsAll(names())) {
      handDownFromRoot(above);
    }
  }

  private void handDownFromRoot(ControlDirectory directory) {
    ControlDirectory above =
        new ControlDirectory(directory.path().getParent(), directory.files(), directory.trace());
    // The mount's own folder is the first one that has no cgroup above it.
    if (above.has(SWITCHES)) {
      handDownFromRoot(above);
    }
    handDown(directory);
  }

  private List<String> names() {
    return controllers.stream().map(Controller::name).toList();
  }

  private void handDown(ControlDirectory directory) {
    Set<String> on = words(directory.read(SWITCHES));
    String missing =
        names().stream()
            .filter(name -> !on.contains(name))
            .map(name -> "+" + name)
            .collect(Collectors.joining(" "));
    if (!missing.isEmpty()) {
      try {
        directory.files().write(directory.path().resolve(SWITCHES), missing);
      } catch (SyscallException e) {
        if (!e.is(Errno.EBUSY)) {
          throw e;
        }
        moveProcessesToLeaf(directory);
      }
      directory.write("hand controllers down", SWITCHES, missing);
    }
  }

  private static void moveProcessesToLeaf(ControlDirectory directory) {
    ControlDirectory leaf = directory.child(LEAF);
    if (!directory.files().exists(leaf.path())) {
      leaf.make();
    }
    for (String pid : directory.read("cgroup.procs").lines().toList()) {
      try {
        directory.files().write(leaf.path().resolve("cgroup.procs"), pid);
      } catch (SyscallException e) {
        // It has ended meanwhile.
        if (!e.is(Errno.ESRCH)) {
          throw e;
        }
      }
    }
  }
}
