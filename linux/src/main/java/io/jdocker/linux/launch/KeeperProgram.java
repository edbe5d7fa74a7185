package io.jdocker.linux.launch;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The keeper's steps around the clone of the payload, in memory it shares with the engine. It
 * begins in {@link KeeperImage} and jumps back there.
 */
final class KeeperProgram {
  /** How ps(1) shows a keeper; at most 15 bytes, see prctl(2). */
  static final String NAME = "jdocker-keeper";

  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_CLEAR_SIGHAND = 0x100000000L;
  private static final long SIGCHLD = 17;
  private static final long CLONE_INTO_CGROUP = 0x200000000L;
  private static final int CLONE_ARGS_CGROUP = 80;
  private static final int CLONE_ARGS_SIZE = 88;
  private static final int CLOSE_RANGE_CLOEXEC = 4;
  private static final int WEXITED = 4;
  private static final int P_PID = 1;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_NAME = 15;
  private static final int PID_SIZE = 8;

  private final LaunchProgram program;
  private final Step self;
  private final Step clone;
  private final Step recorded;

  KeeperProgram(Launch launch, Architecture architecture) {
    LaunchProgram.Builder steps = LaunchProgram.builder();
    protect(steps);
    self = steps.add("learn the keeper's own pid", Sys.GETPID);
    launch.beforeClone().forEach(steps::append);
    clone = cloneStep(steps, launch);
    steps
        .add(
            "reap the child, whose program failed",
            Sys.WAITID,
            Operand.of(P_PID),
            Operand.of(clone),
            Operand.of(0),
            Operand.named(WEXITED, "WEXITED"))
        .onlyAfterFailure();
    recordPid(steps, "the keeper's", self);
    recorded = recordPid(steps, "the child's", clone);
    launch.terminal().ifPresent(master -> holdTerminal(steps, launch, master));
    closeRest(steps, architecture);
    program = steps.build();
  }

  /**
   * Until its execve the payload is a process of the container with the keeper's memory: others in
   * there must not look into it, nor take its descriptors (CVE-2016-9962). They could with
   * CAP_SYS_PTRACE, as in every engine; but all there is to find then is the sealed keeper.
   */
  private static void protect(LaunchProgram.Builder steps) {
    prctl(steps, "be seen by nobody", PR_SET_DUMPABLE, "PR_SET_DUMPABLE", Operand.of(0));
    prctl(steps, "be known by name", PR_SET_NAME, "PR_SET_NAME", Operand.of(NAME));
    // Linux 5.11. What was passed on is the payload's until its execve, no longer.
    steps.add(
        "let no command inherit a descriptor",
        Sys.CLOSE_RANGE,
        Operand.of(KeeperImage.LAST_FD + 1),
        Operand.of(0xffffffffL),
        Operand.named(CLOSE_RANGE_CLOEXEC, "CLOSE_RANGE_CLOEXEC"));
  }

  private static void prctl(
      LaunchProgram.Builder steps, String purpose, int option, String name, Operand value) {
    steps.add(
        purpose,
        Sys.PRCTL,
        Operand.named(option, name),
        value,
        Operand.of(0),
        Operand.of(0),
        Operand.of(0));
  }

  private static Step cloneStep(LaunchProgram.Builder steps, Launch launch) {
    // CLONE_FILES: the pty master that the payload opens appears in the keeper's table, too.
    // Dispositions go back to default (Linux 5.5), so nothing the keeper ignores is inherited.
    long files = launch.terminal().isPresent() ? CLONE_FILES : 0;
    long group = launch.group().isPresent() ? CLONE_INTO_CGROUP : 0;
    ByteBuffer arguments = ByteBuffer.allocate(CLONE_ARGS_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    arguments.putLong(
        0, CLONE_VM | CLONE_VFORK | CLONE_CLEAR_SIGHAND | files | group | launch.cloneFlags());
    arguments.putLong(32, SIGCHLD);
    launch.group().ifPresent(folder -> arguments.putLong(CLONE_ARGS_CGROUP, folder.number()));
    return steps
        .add(
            "clone the container's first process",
            Sys.CLONE3,
            new Operand.Memory(arguments.array(), CloneFlags.shown(launch.cloneFlags())),
            Operand.of(CLONE_ARGS_SIZE))
        .branch(launch.payload())
        .shell("unshare " + CloneFlags.options(launch.cloneFlags()) + " --fork");
  }

  private static Step recordPid(LaunchProgram.Builder steps, String whose, Step step) {
    return steps.add(
        "record " + whose + " pid",
        Sys.WRITE,
        Operand.of(KeeperImage.STATUS_FD),
        new Operand.AddressOfResult(step),
        Operand.of(PID_SIZE));
  }

  private static void holdTerminal(LaunchProgram.Builder steps, Launch launch, Step master) {
    for (int number : freeNumbers(launch)) {
      steps.add("the terminal is open elsewhere", Sys.CLOSE, Operand.of(number));
    }
    steps.add(
        "hold the terminal",
        Sys.DUP3,
        Operand.of(master),
        Operand.of(KeeperImage.TERMINAL_FD),
        Operand.of(0));
  }

  private static void closeRest(LaunchProgram.Builder steps, Architecture architecture) {
    steps.add(
        "hold nothing else of the daemon",
        Sys.CLOSE_RANGE,
        Operand.of(KeeperImage.DONE_FD + 1),
        Operand.of(0xffffffffL),
        Operand.of(0));
    steps
        .add("the launch is over", Sys.CLOSE, Operand.of(KeeperImage.DONE_FD))
        .jump(KeeperImage.resumeAddress(architecture));
  }

  /** The keeper's numbers at which it is given nothing to hold. */
  static List<Integer> freeNumbers(Launch launch) {
    List<Integer> free = new ArrayList<>();
    for (int number = 0; number <= KeeperImage.LAST_FD; number++) {
      int candidate = number;
      if (launch.held().stream().noneMatch(held -> held.as() == candidate)) {
        free.add(number);
      }
    }
    return free;
  }

  LaunchProgram program() {
    return program;
  }

  /** The step whose result is the payload's pid. */
  Step cloneStep() {
    return clone;
  }

  /** True when that answer to {@link #lastRecord} means that the payload runs its command. */
  static boolean isComplete(long written) {
    return written == PID_SIZE;
  }

  /** The step that comes after the payload's execve. */
  Step lastRecord() {
    return recorded;
  }
}
