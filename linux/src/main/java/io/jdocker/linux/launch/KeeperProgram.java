package io.jdocker.linux.launch;

import io.jdocker.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The keeper's own steps: what it does around the clone of the payload, until its execve. */
final class KeeperProgram {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_CLEAR_SIGHAND = 0x100000000L;
  private static final long SIGCHLD = 17;
  private static final long CLONE_INTO_CGROUP = 0x200000000L;
  private static final int CLONE_ARGS_CGROUP = 80;
  private static final int CLONE_ARGS_SIZE = 88;
  private static final int WEXITED = 4;
  private static final int P_PID = 1;
  private static final int SIG_SETMASK = 2;
  private static final int SIGSET_SIZE = 8;
  private static final int SIGACTION_SIZE = 32;

  private final LaunchProgram program;
  private final Step clone;

  KeeperProgram(Launch launch, Path executable, List<Integer> ignoredSignals) {
    LaunchProgram.Builder steps = LaunchProgram.builder();
    quieten(steps, ignoredSignals);
    Step self = steps.add("learn the keeper's own pid", Sys.GETPID);
    steps.add(
        "free the numbers of what the keeper will hold",
        Sys.CLOSE_RANGE,
        Operand.of(0),
        Operand.of(KeeperImage.LAST_FD),
        Operand.of(0));
    for (Launch.Held held : launch.held()) {
      steps.add(
          "hold a descriptor for the daemon that comes after this one",
          Sys.DUP3,
          Operand.of(held.fd().number()),
          Operand.of(held.as()),
          Operand.of(0));
    }
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
    recordPid(steps, "the child's", clone);
    become(steps, launch, executable);
    program = steps.build();
  }

  private static void quieten(LaunchProgram.Builder steps, List<Integer> ignoredSignals) {
    byte[] all = new byte[SIGSET_SIZE];
    Arrays.fill(all, (byte) 0xff);
    steps.add(
        "let no signal end the keeper",
        Sys.RT_SIGPROCMASK,
        Operand.named(SIG_SETMASK, "SIG_SETMASK"),
        new Operand.Memory(all, "~[]"),
        Operand.of(0),
        Operand.of(SIGSET_SIZE));
    // What the daemon was told to ignore (nohup's SIGHUP) the container must not ignore.
    Operand.Memory standard = new Operand.Memory(new byte[SIGACTION_SIZE], "SIG_DFL");
    for (int signal : ignoredSignals) {
      steps.add(
          "end ignoring a signal",
          Sys.RT_SIGACTION,
          Operand.of(signal),
          standard,
          Operand.of(0),
          Operand.of(SIGSET_SIZE));
    }
    steps.add("leave the daemon's session", Sys.SETSID);
  }

  LaunchProgram program() {
    return program;
  }

  /** The step whose result is the payload's pid. */
  Step cloneStep() {
    return clone;
  }

  private static Step cloneStep(LaunchProgram.Builder steps, Launch launch) {
    // CLONE_FILES: the pty master that the payload opens appears in the keeper's table, too.
    // Dispositions go back to default (Linux 5.5), so no handler of the JVM runs in the payload.
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

  private static void recordPid(LaunchProgram.Builder steps, String whose, Step step) {
    steps.add(
        "record " + whose + " pid",
        Sys.WRITE,
        Operand.of(KeeperImage.STATUS_FD),
        new Operand.AddressOfResult(step),
        Operand.of(8));
  }

  private static void become(LaunchProgram.Builder steps, Launch launch, Path executable) {
    launch
        .terminal()
        .ifPresent(
            master ->
                steps.add(
                    "hold the terminal",
                    Sys.DUP3,
                    Operand.of(master),
                    Operand.of(KeeperImage.TERMINAL_FD),
                    Operand.of(0)));
    steps.add(
        "hold nothing else of the daemon",
        Sys.CLOSE_RANGE,
        Operand.of(KeeperImage.LAST_FD + 1),
        Operand.of(0xffffffffL),
        Operand.of(0));
    steps.add("pin no folder of the host", Sys.CHDIR, Operand.of("/"));
    steps.add(
        "become the keeper",
        Sys.EXECVE,
        Operand.of(executable.toString()),
        Operand.of(List.of("jdocker-keeper", launch.name())),
        Operand.of(List.of()));
  }
}
