package io.jdocker.linux;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * Makes system calls through jnr-ffi and libc's syscall(2). The typed calls are grouped by subject:
 * {@link #files()}, {@link #directories()}, {@link #mounts()}, {@link #processes()}, {@link
 * #sockets()}, {@link #polls()}, {@link #terminals()}.
 *
 * <p>Thread-safe. Some calls change only the calling thread (setns, unshare): their documentation
 * says so.
 */
public final class Kernel {
  private static final int EINTR = 4;

  private final LibC libc;
  private final Runtime runtime;
  private final Architecture architecture;
  private final FileCalls files = new FileCalls(this);
  private final DirectoryCalls directories = new DirectoryCalls(this);
  private final MountCalls mounts = new MountCalls(this);
  private final ProcessCalls processes = new ProcessCalls(this);
  private final SocketCalls sockets = new SocketCalls(this);
  private final PollCalls polls = new PollCalls(this);
  private final TerminalCalls terminals = new TerminalCalls(this);

  private Kernel(LibC libc, Runtime runtime, Architecture architecture) {
    this.libc = libc;
    this.runtime = runtime;
    this.architecture = architecture;
  }

  /**
   * Loads jnr-ffi and libc: 80 to 300 ms of a JVM's start, so done once, and not at all in the
   * command-line client's plain verbs. Reflection stubs start faster than assembled ones and cost
   * 0.1 µs a call.
   */
  public static Kernel load() {
    return load(UnaryOperator.identity());
  }

  /**
   * As {@link #load()}, with something between the kernel and whoever calls it, as a test that
   * makes calls fail.
   */
  public static Kernel load(UnaryOperator<LibC> between) {
    if (System.getProperty("jnr.ffi.asm.enabled") == null) {
      System.setProperty("jnr.ffi.asm.enabled", "false");
    }
    LibC libc = LibraryLoader.create(LibC.class).load("c");
    return new Kernel(between.apply(libc), Runtime.getRuntime(libc), Architecture.current());
  }

  public Architecture architecture() {
    return architecture;
  }

  public FileCalls files() {
    return files;
  }

  public DirectoryCalls directories() {
    return directories;
  }

  public MountCalls mounts() {
    return mounts;
  }

  public ProcessCalls processes() {
    return processes;
  }

  public SocketCalls sockets() {
    return sockets;
  }

  public PollCalls polls() {
    return polls;
  }

  public TerminalCalls terminals() {
    return terminals;
  }

  /** libc, for the launcher, which needs clone(2) itself. */
  public LibC libc() {
    return libc;
  }

  /** errno of the calling thread's last call through {@link #libc()}. */
  public int lastError() {
    return LastError.getLastError(runtime);
  }

  /**
   * Makes a call and returns its result, or the errno negated. A call interrupted by a signal
   * (EINTR) is made again: nowhere else in jdocker is that done. close(2) is the exception, as the
   * descriptor is gone either way.
   */
  public long attempt(Sys call, long... operands) {
    long[] six = operands;
    if (operands.length != 6) {
      six = new long[6];
      System.arraycopy(operands, 0, six, 0, operands.length);
    }
    while (true) {
      long result =
          libc.syscall(call.number(architecture), six[0], six[1], six[2], six[3], six[4], six[5]);
      if (result != -1) {
        return result;
      }
      int errno = lastError();
      if (errno != EINTR || call == Sys.CLOSE) {
        return -errno;
      }
    }
  }

  /**
   * Makes a call and returns its result.
   *
   * @param operands how the operands read, asked for only when the call fails
   * @throws SyscallException when the kernel refuses it
   */
  public long call(Supplier<String> operands, Sys call, long... values) {
    long result = attempt(call, values);
    if (result < 0 && result > -4096) {
      throw new SyscallException(call.callName() + "(" + operands.get() + ")", (int) -result);
    }
    return result;
  }

  /** True when {@link #attempt} answered with that errno. */
  public static boolean failedWith(long result, Errno errno) {
    return result == -errno.longValue();
  }
}
