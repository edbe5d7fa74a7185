package io.jdocker.linux.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.user.IdMapping;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A process that does nothing but be in new namespaces, so that others can be led into them: a
 * thread of the JVM cannot enter a user namespace, nor could anybody in it make the host's mounts.
 * It shares the JVM's memory, runs {@link SetupRoutine} and no Java, and dies with whom has made
 * it. The namespaces last as long as somebody is in them or has them open.
 */
public final class NamespaceHolder implements AutoCloseable {
  private static final long CLONE_VM = 0x100;
  private static final long SIGCHLD = 17;
  private static final int PR_SET_PDEATHSIG = 1;
  private static final int SIGKILL = 9;
  private static final int SIGSET_SIZE = 8;

  /** The routine makes no use of it; clone(2) wants one. */
  private static final int STACK_SIZE = 4096;

  private final Kernel kernel;
  private final NativeArena arena = new NativeArena();
  private final int pid;
  private final Fd process;

  private NamespaceHolder(Kernel kernel, Cloner cloner, Plan plan) {
    this.kernel = kernel;
    try (Undo undo = new Undo()) {
      undo.push("free the holder's memory", arena::close);
      PollCalls.Pipe ready = kernel.polls().createPipe();
      try (Fd told = ready.readEnd()) {
        ProgramImage image;
        long memory;
        try (Fd tells = ready.writeEnd()) {
          image = new ProgramImage(program(plan, tells));
          memory = arena.allocate(image.size());
          NativeArena.putBytes(memory, image.bytes(memory, kernel.architecture()), 0, image.size());
          this.pid = cloner.clone(arena.allocate(STACK_SIZE) + STACK_SIZE, plan.cloned(), memory);
        }
        undo.push("end the holder of the namespaces", () -> kernel.processes().killAndReap(pid));
        requireReady(told, image, memory);
      }
      this.process = kernel.processes().openPidfd(pid).orElseThrow();
      undo.push("close the holder's pidfd", process::close);
      if (!plan.ids().isNone()) {
        write("uid_map", plan.ids().userLines());
        write("gid_map", plan.ids().groupLines());
      }
      undo.commit();
    }
  }

  /** Makes the child: clone(2) with {@link SetupRoutine} as its function. */
  interface Cloner {
    int clone(long stackTop, long flags, long program);
  }

  /** Cloned into or, in the user namespace of another, unshared. */
  private record Plan(long namespaces, IdMapping ids, Optional<Fd> donor) {
    long cloned() {
      long made = donor.isPresent() ? 0 : namespaces | ProcessCalls.CLONE_NEWUSER;
      return CLONE_VM | SIGCHLD | made;
    }
  }

  /** A new user namespace, and others that belong to it. */
  static NamespaceHolder ofNew(Kernel kernel, Cloner cloner, IdMapping ids, long namespaces) {
    return new NamespaceHolder(kernel, cloner, new Plan(namespaces, ids, Optional.empty()));
  }

  /** New namespaces that belong to the user namespace of a process. */
  static NamespaceHolder ofOther(Kernel kernel, Cloner cloner, Fd process, long namespaces) {
    return new NamespaceHolder(
        kernel, cloner, new Plan(namespaces, IdMapping.none(), Optional.of(process)));
  }

  private static LaunchProgram program(Plan plan, Fd ready) {
    LaunchProgram.Builder steps = LaunchProgram.builder();
    plan.donor()
        .ifPresent(
            donor -> {
              steps.add(
                  "join the user namespace",
                  Sys.SETNS,
                  Operand.of(donor),
                  Operand.named(ProcessCalls.CLONE_NEWUSER, "CLONE_NEWUSER"));
              steps.add(
                  "make namespaces that belong to it",
                  Sys.UNSHARE,
                  Operand.named(plan.namespaces(), CloneFlags.shown(plan.namespaces())));
            });
    // After a change of credentials, which would take it back.
    steps.add(
        "die with the engine",
        Sys.PRCTL,
        Operand.named(PR_SET_PDEATHSIG, "PR_SET_PDEATHSIG"),
        Operand.of(SIGKILL));
    steps.add("be ready", Sys.WRITE, Operand.of(ready), Operand.of("."), Operand.of(1));
    steps.add("keep nothing open", Sys.CLOSE_RANGE, Operand.of(0), Operand.of(0xffffffffL));
    steps.add(
        "wait for ever",
        Sys.PPOLL,
        Operand.of(0),
        Operand.of(0),
        Operand.of(0),
        Operand.of(0),
        Operand.of(SIGSET_SIZE));
    steps.add("end", Sys.EXIT_GROUP, Operand.of(0));
    return steps.build();
  }

  private void requireReady(Fd told, ProgramImage image, long memory) {
    if (kernel.files().read(told.number(), arena.allocate(1), 1) == 1) {
      return;
    }
    for (int i = 0; i < image.steps().size(); i++) {
      Step step = image.steps().get(i);
      long result = NativeArena.getLong(memory + ProgramImage.offset(i) + ProgramImage.RESULT);
      if (step.isRefusedBy(result)) {
        throw new SyscallException(step.toString(), (int) -result);
      }
    }
    throw new SystemFailure("the holder of new namespaces has ended");
  }

  private void write(String file, String lines) {
    byte[] text = lines.getBytes(StandardCharsets.US_ASCII);
    try (Fd map = kernel.files().open("/proc/" + pid + "/" + file, OpenFlags.O_WRONLY, 0)) {
      kernel.files().writeFully(map, text, 0, text.length);
    }
  }

  /** A pidfd, to enter the namespaces by setns(2). */
  public Fd process() {
    return process;
  }

  /** Opens one of the namespaces; the caller closes it. */
  public Fd open(String kind) {
    return kernel.files().open("/proc/" + pid + "/ns/" + kind, OpenFlags.O_RDONLY, 0);
  }

  /** Its pid, for a person. */
  public int pid() {
    return pid;
  }

  /** Lets go of the namespaces. */
  @Override
  public void close() {
    process.close();
    kernel.processes().killAndReap(pid);
    arena.close();
  }
}
