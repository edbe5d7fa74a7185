package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import io.jdocker.runtime.spec.TimeOffsets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Which namespaces a container's first process gets, beside the network's.
 *
 * @param created CLONE_NEW* of those that its clone makes
 * @param joined those of other containers
 * @param ownCgroup whether /proc/self/cgroup begins at the container's own group
 * @param offsets of the clocks; none: no time namespace
 * @param users a user namespace of its own; empty: the host's
 */
public record NamespacePlan(
    long created,
    List<Joined> joined,
    boolean ownCgroup,
    TimeOffsets offsets,
    Optional<UserPlan> users) {
  /** With the host's users. */
  public NamespacePlan(long created, List<Joined> joined, boolean ownCgroup, TimeOffsets offsets) {
    this(created, joined, ownCgroup, offsets, Optional.empty());
  }

  /**
   * Another container's namespace.
   *
   * @param process a pidfd of its first process
   * @param type CLONE_NEWPID or CLONE_NEWIPC
   * @param file of it in /proc, for a person
   */
  public record Joined(Fd process, long type, String file) {}

  /** The host's user that a user of the container is. */
  int hostUser(int user) {
    return users.map(own -> own.ids().hostUser(user)).orElse(user);
  }

  /** What the keeper does before the clone: a pid namespace is joined for children only. */
  List<Step> beforeClone() {
    LaunchProgram.Builder program = LaunchProgram.builder();
    joined.stream()
        .filter(other -> other.type() == ProcessCalls.CLONE_NEWPID)
        .forEach(
            other -> join(new Calls(program), other, "children are to be of its pid namespace"));
    return program.build().steps();
  }

  /** What the first process does, before it is in its root: it needs the host's /proc. */
  void write(Calls calls) {
    joined.stream()
        .filter(other -> other.type() == ProcessCalls.CLONE_NEWIPC)
        .forEach(other -> join(calls, other, "join another container's IPC namespace"));
    users.ifPresent(own -> UserChapter.joinNamespaces(calls, own));
    if (ownCgroup && users.isEmpty()) {
      // Not with the clone: the namespace's root is the group one is in at that moment.
      calls
          .call(
              "see its control group as the root",
              Sys.UNSHARE,
              Operand.named(ProcessCalls.CLONE_NEWCGROUP, "CLONE_NEWCGROUP"))
          .shell("unshare --cgroup");
    }
    if (!offsets.isNone()) {
      moveClocks(calls);
    }
  }

  /**
   * The offsets are set before anybody is in the namespace; the execve takes the process in (Linux
   * 6.2), as one that shares its memory cannot enter.
   */
  private void moveClocks(Calls calls) {
    calls
        .call(
            "have clocks of its own",
            Sys.UNSHARE,
            Operand.named(ProcessCalls.CLONE_NEWTIME, "CLONE_NEWTIME"))
        .shell(
            "unshare --time --monotonic "
                + seconds(offsets.monotonic())
                + " --boottime "
                + seconds(offsets.boottime()));
    Step file =
        calls.call(
            "open their offsets",
            Sys.OPENAT,
            Operand.named(FileCalls.AT_FDCWD, "AT_FDCWD"),
            Operand.of("/proc/self/timens_offsets"),
            Operand.named(OpenFlags.O_WRONLY | OpenFlags.O_CLOEXEC, "O_WRONLY|O_CLOEXEC"));
    byte[] text = offsets.kernelText().getBytes(StandardCharsets.US_ASCII);
    calls.call(
        "set how far they are from the host's",
        Sys.WRITE,
        Operand.of(file),
        new Operand.Memory(text, '"' + offsets.kernelText().replace("\n", "\\n") + '"'),
        Operand.of(text.length));
    calls.close(Operand.of(file));
  }

  /** unshare(1) takes whole seconds. */
  private static long seconds(long nanos) {
    return Math.floorDiv(nanos, 1_000_000_000L);
  }

  private static void join(Calls calls, Joined other, String purpose) {
    boolean pid = other.type() == ProcessCalls.CLONE_NEWPID;
    calls
        .call(
            purpose,
            Sys.SETNS,
            Operand.of(other.process()),
            Operand.named(other.type(), pid ? "CLONE_NEWPID" : "CLONE_NEWIPC"))
        .shell("nsenter --" + (pid ? "pid" : "ipc") + "=" + other.file());
  }
}
