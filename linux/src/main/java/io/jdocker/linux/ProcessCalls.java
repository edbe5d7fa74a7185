package io.jdocker.linux;

import java.util.Optional;
import jnr.constants.platform.Errno;

/** Calls on processes and namespaces. */
public final class ProcessCalls {
  public static final int CLONE_NEWTIME = 0x00000080;
  public static final int CLONE_NEWNS = 0x00020000;
  public static final int CLONE_NEWCGROUP = 0x02000000;
  public static final int CLONE_NEWUTS = 0x04000000;
  public static final int CLONE_NEWIPC = 0x08000000;
  public static final int CLONE_NEWUSER = 0x10000000;
  public static final int CLONE_NEWPID = 0x20000000;
  public static final int CLONE_NEWNET = 0x40000000;

  private static final int SIGKILL = 9;
  private static final int WNOHANG = 1;
  private static final int P_PIDFD = 3;
  private static final int WEXITED = 4;
  private static final int SIGINFO_SIZE = 128;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_SECUREBITS = 28;
  private static final int SECBIT_NO_SETUID_FIXUP = 4;

  private final Kernel kernel;

  ProcessCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /** kill(2); false when there is no such process. */
  public boolean kill(int pid, int signal) {
    long result = kernel.attempt(Sys.KILL, pid, signal);
    if (Kernel.failedWith(result, Errno.ESRCH)) {
      return false;
    }
    if (result < 0) {
      throw new SyscallException("kill(" + pid + ", " + signal + ")", (int) -result);
    }
    return true;
  }

  /** pidfd_open(2) (Linux 5.3); empty when there is no such process. */
  public Optional<Fd> openPidfd(int pid) {
    long result = kernel.attempt(Sys.PIDFD_OPEN, pid, 0);
    if (Kernel.failedWith(result, Errno.ESRCH)) {
      return Optional.empty();
    }
    if (result < 0) {
      throw new SyscallException("pidfd_open(" + pid + ")", (int) -result);
    }
    return Optional.of(Fd.opened(kernel, result));
  }

  /** pidfd_send_signal(2); false when the process has ended. */
  public boolean signal(Fd pidfd, int signal) {
    long result = kernel.attempt(Sys.PIDFD_SEND_SIGNAL, pidfd.number(), signal, 0, 0);
    if (Kernel.failedWith(result, Errno.ESRCH)) {
      return false;
    }
    if (result < 0) {
      throw new SyscallException("pidfd_send_signal(" + pidfd + ", " + signal + ")", (int) -result);
    }
    return true;
  }

  /**
   * pidfd_getfd(2) (Linux 5.6): a copy of another process's descriptor; empty where it has none.
   */
  public Optional<Fd> takeFd(Fd pidfd, int number) {
    long result = kernel.attempt(Sys.PIDFD_GETFD, pidfd.number(), number, 0);
    if (Kernel.failedWith(result, Errno.EBADF) || Kernel.failedWith(result, Errno.ESRCH)) {
      return Optional.empty();
    }
    if (result < 0) {
      throw new SyscallException("pidfd_getfd(" + pidfd + ", " + number + ")", (int) -result);
    }
    return Optional.of(Fd.opened(kernel, result));
  }

  /** Ends a child with SIGKILL, waits until it has ended, and reaps it. */
  public void killAndReap(Fd pidfd) {
    signal(pidfd, SIGKILL);
    try (NativeArena arena = new NativeArena()) {
      long info = arena.allocate(SIGINFO_SIZE);
      // ECHILD: it was another engine's child, so init reaps it.
      kernel.attempt(Sys.WAITID, P_PIDFD, pidfd.number(), info, WEXITED, 0);
    }
  }

  /**
   * Ends a child of this process by its pid, which nobody else can have got until it is reaped.
   * What was reaped already is passed over.
   */
  public void killAndReap(int child) {
    long result = kernel.attempt(Sys.WAIT4, child, 0, WNOHANG, 0);
    if (result == 0) {
      kill(child, SIGKILL);
      kernel.attempt(Sys.WAIT4, child, 0, 0, 0);
    }
  }

  /** setns(2): moves the <em>calling thread</em> into the namespace the descriptor stands for. */
  public void enterNamespace(Fd namespace, int type) {
    kernel.call(
        () -> namespace + ", 0x" + Integer.toHexString(type), Sys.SETNS, namespace.number(), type);
  }

  /** unshare(2): gives the <em>calling thread</em> new namespaces. */
  public void unshare(int flags) {
    kernel.call(() -> "0x" + Integer.toHexString(flags), Sys.UNSHARE, flags);
  }

  /**
   * Forbids ptrace(2) and hides /proc/PID/{exe,fd,cwd} of this process, and of its half-started
   * children, from processes without CAP_SYS_PTRACE in the first user namespace (CVE-2016-9962,
   * CVE-2019-5736).
   */
  public void setDumpable(boolean dumpable) {
    kernel.call(() -> "PR_SET_DUMPABLE", Sys.PRCTL, PR_SET_DUMPABLE, dumpable ? 1 : 0);
  }

  /**
   * setfsuid(2), setfsgid(2): files that the <em>calling thread</em> makes from now on belong to
   * that user and group. It keeps its capabilities (capabilities(7), SECBIT_NO_SETUID_FIXUP).
   */
  public void makeFilesAs(int user, int group) {
    kernel.call(
        () -> "PR_SET_SECUREBITS", Sys.PRCTL, PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0);
    // They answer with the id before, and tell no error.
    kernel.attempt(Sys.SETFSGID, group);
    kernel.attempt(Sys.SETFSUID, user);
  }

  public int pid() {
    return (int) kernel.attempt(Sys.GETPID);
  }
}
