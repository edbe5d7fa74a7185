package io.jdocker.linux.launch;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import io.jdocker.linux.SyscallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Clones children that run a {@link LaunchProgram}. The calling thread waits until the keeper has
 * reached its execve, some milliseconds. Thread-safe.
 *
 * <pre>
 *  JVM thread              keeper                        payload
 *  clone ----------------> setsid, block signals
 *  (suspended, CLONE_VFORK) clone3 --------------------> its program: namespaces, mounts,
 *       .                  (suspended, CLONE_VFORK)       credentials ...
 *       .                   reap it if it failed <------- execve, or exit 127
 *       .                   write both pids to the status file
 *       .                   hold descriptors, close the rest
 *  resumes <--------------- execve keeper
 *  reads the results        wait4 ...                     runs
 *  is told, reads the rest <- status, notice <----------- ends
 *  kills the keeper ------> holds on until then
 * </pre>
 */
public final class Launcher {
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
  private final Path keeper;
  private final long routine;
  private final List<Integer> ignoredSignals;

  /**
   * @param keeper the executable that {@link KeeperImage} makes
   */
  public Launcher(Kernel kernel, Path keeper) {
    this.kernel = kernel;
    this.keeper = keeper;
    this.routine = mapRoutine(kernel);
    this.ignoredSignals = IgnoredSignals.ofThisProcess();
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
    KeeperProgram program = new KeeperProgram(launch, keeper, ignoredSignals);
    ProgramImage image = new ProgramImage(program.program());
    try (NativeArena arena = new NativeArena()) {
      long memory = arena.allocate(image.size());
      byte[] content = image.bytes(memory, kernel.architecture());
      NativeArena.putBytes(memory, content, 0, content.length);
      int keeperPid = cloneKeeper(arena, memory);
      List<StepResult> results = results(image, memory);
      long failed = NativeArena.getLong(memory);
      if (failed != 0) {
        kernel.attempt(Sys.WAIT4, keeperPid, 0, 0, 0);
        int position = (int) (failed - memory - ProgramImage.HEADER_SIZE) / ProgramImage.STEP_SIZE;
        StepResult refused = results.get(position);
        LaunchHistory history = new LaunchHistory(image, results, refused.step());
        throw new LaunchException(refused.step(), refused.errno(), history.made(program.program()));
      }
      StepResult payload = results.get(image.position(program.cloneStep()));
      LaunchHistory history = new LaunchHistory(image, results, null);
      return new Launched(keeperPid, (int) payload.value(), history.made(program.program()));
    }
  }

  private int cloneKeeper(NativeArena arena, long program) {
    long stackTop = arena.allocate(STACK_SIZE) + STACK_SIZE;
    long masks = arena.allocate(2L * SIGSET_SIZE);
    NativeArena.putLong(masks, ASYNCHRONOUS_SIGNALS);
    long old = masks + SIGSET_SIZE;
    kernel.call(() -> "block", Sys.RT_SIGPROCMASK, SIG_SETMASK, masks, old, SIGSET_SIZE);
    long pid;
    int errno;
    try {
      pid = (int) kernel.libc().clone(routine, stackTop, CLONE_VM | CLONE_VFORK | SIGCHLD, program);
      errno = pid < 0 ? kernel.lastError() : 0;
    } finally {
      kernel.call(() -> "restore", Sys.RT_SIGPROCMASK, SIG_SETMASK, old, 0, SIGSET_SIZE);
    }
    if (pid < 0) {
      throw new SyscallException("clone(CLONE_VM|CLONE_VFORK)", errno);
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
}
