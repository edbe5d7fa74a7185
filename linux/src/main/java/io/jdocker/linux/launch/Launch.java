package io.jdocker.linux.launch;

import io.jdocker.linux.Fd;
import java.util.List;
import java.util.Optional;

/**
 * What to launch and how to keep it.
 *
 * @param name shown as the keeper's argument by ps(1)
 * @param payload the payload's steps, execve last. Descriptors of the engine it names as {@link
 *     Operand.Descriptor}, else it does not have them
 * @param beforeClone steps of the keeper that must come before the clone, as joining a pid
 *     namespace, whose setns(2) counts for children only
 * @param cloneFlags the namespaces of the payload, CLONE_NEW*
 * @param held descriptors for the keeper to hold; opened after the {@link Launcher}, so that their
 *     own numbers are past the keeper's
 * @param terminal the payload's step whose result is the pty master, where it has one. The payload
 *     opens it, in its own devpts, and the keeper inherits it by CLONE_FILES
 * @param group a folder of cgroup v2 to clone the payload into (CLONE_INTO_CGROUP, Linux 5.7): to
 *     move it there later costs 5 to 13 ms, as the kernel waits for every other fork
 */
public record Launch(
    String name,
    LaunchProgram payload,
    List<Step> beforeClone,
    long cloneFlags,
    List<Held> held,
    Optional<Step> terminal,
    Optional<Fd> group) {
  /** A launch into the keeper's own control group. */
  public Launch(
      String name,
      LaunchProgram payload,
      List<Step> beforeClone,
      long cloneFlags,
      List<Held> held,
      Optional<Step> terminal) {
    this(name, payload, beforeClone, cloneFlags, held, terminal, Optional.empty());
  }

  /** A descriptor that the keeper holds under a number of {@link KeeperImage}. */
  public record Held(Fd fd, int as) {}
}
