package io.jdocker.linux.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.user.IdMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Clones children that run a {@link LaunchProgram}. The calling thread waits until the payload has
 * reached its execve, some milliseconds. Thread-safe.
 *
 * <pre>
 *  JVM thread              keeper                        payload
 *  clone ----------------> setsid, block signals
 *  (suspended, CLONE_VFORK) arrange descriptors
 *  resumes <--------------- execve keeper
 *  (reads a pipe)           map the shared program
 *       .                   clone3 --------------------> its program: namespaces, mounts,
 *       .                  (suspended, CLONE_VFORK)       credentials ...
 *       .                   reap it if it failed <------- execve, or exit 127
 *       .                   write both pids to the status file
 *  end of the pipe <------- close the rest
 *  reads the results        wait4 ...                     runs
 *  is told, reads the rest <- status, notice <----------- ends
 *  kills the keeper ------> holds on until then
 * </pre>
 *
 * <p>The payload shares the keeper's memory, not the JVM's, as it is a process of the container
 * before its execve: /proc/self/exe, and that of its half-started self seen by others, would be the
 * JVM's executable, which a container could then run and, once no JVM runs, overwrite
 * (CVE-2019-5736). What it finds is a sealed memory file.
 */
public final class Launcher implements AutoCloseable {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_VFORK = 0x4000;
  private static final long SIGCHLD = 17;
  private static final int SIG_SETMASK = 2;
  private static final int SIGSET_SIZE = 8;
  private static final int STACK_SIZE = 16384;
  private static final int PROT_READ_WRITE = 3;
  private static final int PROT_READ_EXEC = 5;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

  /**
   * Every signal but the synchronous SIGILL 4, SIGTRAP 5, SIGBUS 7, SIGFPE 8 and SIGSEGV 11: the
   * JVM polls for safepoints by reading a page it protects, and a blocked SIGSEGV is fatal.
   */
  private static final long ASYNCHRONOUS_SIGNALS =
      ~(1L << 3 | 1L << 4 | 1L << 6 | 1L << 7 | 1L << 10);

  private final Kernel kernel;
  private final Fd keeper;
  private final long routine;
  private final List<Integer> ignoredSignals;

  public Launcher(Kernel kernel) {
    this.kernel = kernel;
    try (Undo undo = new Undo()) {
      this.keeper =
          kernel
              .files()
              .sealedMemory(KeeperProgram.NAME, KeeperImage.executable(kernel.architecture()));
      undo.push("close the keeper's program", keeper::close);
      this.routine = mapRoutine(kernel);
      this.ignoredSignals = IgnoredSignals.ofThisProcess();
      undo.commit();
    }
  }

  private static long mapRoutine(Kernel kernel) {
    byte[] code = SetupRoutine.code(kernel.architecture());
    long page =
        kernel.call(
            () -> "launch routine",
            Sys.MMAP,
            0,
            4096,
            PROT_READ_WRITE,
            MAP_PRIVATE_ANONYMOUS,
            -1,
            0);
    NativeArena.putBytes(page, code, 0, code.length);
    kernel.call(() -> "launch routine", Sys.MPROTECT, page, 4096, PROT_READ_EXEC);
    return page;
  }

  /**
   * Launches.
   *
   * @throws LaunchException when a step of the keeper or the payload was refused
   */
  public Launched launch(Launch launch) {
    KeeperProgram program = new KeeperProgram(launch, kernel.architecture());
    try (SharedImage shared = new SharedImage(kernel, program.program())) {
      List<StepResult> made = new ArrayList<>();
      int keeperPid = startKeeper(launch, shared, made);
      if (KeeperProgram.isComplete(shared.result(program.lastRecord()))) {
        made.addAll(shared.made(null));
        return new Launched(keeperPid, (int) shared.result(program.cloneStep()), made);
      }
      reap(keeperPid);
      StepResult refused =
          shared
              .refused()
              .orElseThrow(
                  () ->
                      new SystemFailure(
                          "the keeper of " + launch.name() + " ended before it had a child"));
      made.addAll(shared.made(refused.step()));
      throw new LaunchException(refused.step(), refused.errno(), made);
    }
  }

  /** Starts the keeper, and waits until the launch has succeeded or failed. */
  private int startKeeper(Launch launch, SharedImage shared, List<StepResult> made) {
    PollCalls.Pipe done = kernel.polls().createPipe();
    try (Fd end = done.readEnd();
        NativeArena arena = new NativeArena()) {
      int pid;
      try (Fd ofKeeper = done.writeEnd()) {
        pid = enter(launch, shared, ofKeeper, made);
      }
      // Its end: the keeper was the last to have the other one.
      kernel.files().read(end.number(), arena.allocate(1), 1);
      return pid;
    }
  }

  private int enter(Launch launch, SharedImage shared, Fd done, List<StepResult> made) {
    Set<Integer> passed = shared.descriptors();
    launch.group().ifPresent(group -> passed.add(group.number()));
    LaunchProgram program =
        KeeperEntry.of(launch, keeper, shared.memory(), done, passed, ignoredSignals);
    ProgramImage image = new ProgramImage(program);
    try (NativeArena arena = new NativeArena()) {
      long memory = arena.allocate(image.size());
      NativeArena.putBytes(memory, image.bytes(memory, kernel.architecture()), 0, image.size());
      long stackTop = arena.allocate(STACK_SIZE) + STACK_SIZE;
      int pid = cloneRoutine(stackTop, CLONE_VM | CLONE_VFORK | SIGCHLD, memory);
      List<StepResult> results = results(image, memory);
      long failed = NativeArena.getLong(memory);
      if (failed != 0) {
        reap(pid);
        int position = (int) (failed - memory - ProgramImage.HEADER_SIZE) / ProgramImage.STEP_SIZE;
        StepResult refused = results.get(position);
        LaunchHistory history = new LaunchHistory(image, results, refused.step());
        throw new LaunchException(refused.step(), refused.errno(), history.made(program));
      }
      made.addAll(new LaunchHistory(image, results, null).made(program));
      return pid;
    }
  }

  private void reap(int pid) {
    kernel.attempt(Sys.WAIT4, pid, 0, 0, 0);
  }

  /**
   * Makes a user namespace, and others that belong to it. Its holder is to be closed by the thread
   * that asked for it: it dies with that.
   *
   * @param namespaces CLONE_NEW* without CLONE_NEWUSER
   */
  public NamespaceHolder hold(IdMapping ids, long namespaces) {
    return NamespaceHolder.ofNew(kernel, this::cloneRoutine, ids, namespaces);
  }

  /**
   * As {@link #hold}, in the user namespace of another process.
   *
   * @param process a pidfd of it
   */
  public NamespaceHolder holdIn(Fd process, long namespaces) {
    return NamespaceHolder.ofOther(kernel, this::cloneRoutine, process, namespaces);
  }

  private int cloneRoutine(long stackTop, long flags, long program) {
    long pid;
    int errno;
    try (NativeArena arena = new NativeArena()) {
      long masks = arena.allocate(2L * SIGSET_SIZE);
      NativeArena.putLong(masks, ASYNCHRONOUS_SIGNALS);
      long old = masks + SIGSET_SIZE;
      kernel.call(() -> "block", Sys.RT_SIGPROCMASK, SIG_SETMASK, masks, old, SIGSET_SIZE);
      try {
        pid = (int) kernel.libc().clone(routine, stackTop, flags, program);
        errno = pid < 0 ? kernel.lastError() : 0;
      } finally {
        kernel.call(() -> "restore", Sys.RT_SIGPROCMASK, SIG_SETMASK, old, 0, SIGSET_SIZE);
      }
    }
    if (pid < 0) {
      String with = (flags & CLONE_VFORK) != 0 ? "CLONE_VFORK" : CloneFlags.shown(flags);
      throw new SyscallException("clone(CLONE_VM|" + with + ")", errno);
    }
    return (int) pid;
  }

  private static List<StepResult> results(ProgramImage image, long memory) {
    List<StepResult> results = new ArrayList<>(image.steps().size());
    for (int i = 0; i < image.steps().size(); i++) {
      long at = memory + ProgramImage.offset(i) + ProgramImage.RESULT;
      results.add(new StepResult(image.steps().get(i), NativeArena.getLong(at)));
    }
    return results;
  }

  /** Launches nothing any more; what runs goes on. */
  @Override
  public void close() {
    keeper.close();
    kernel.call(() -> "launch routine", Sys.MUNMAP, routine, 4096);
  }
}
