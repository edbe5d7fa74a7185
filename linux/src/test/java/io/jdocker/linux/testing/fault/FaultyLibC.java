package io.jdocker.linux.testing.fault;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.LibC;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.Runtime;

/**
 * libc, some of whose calls fail. Calls that only read, wait or give back are always made: what
 * they answer when all is well is no question of luck. A launch's steps are effects, too, which
 * fail with ENOSYS.
 *
 * <pre>{@code
 * Kernel kernel = Kernel.load(libc -> new FaultyLibC(libc, faults));
 * }</pre>
 */
public final class FaultyLibC implements LibC {
  private static final int PATH_SHOWN = 4096;
  private static final int MAP_SHARED = 1;

  /** What each call is known to fail with on a machine in trouble. */
  private static final Map<Sys, Errno> USUAL = new EnumMap<>(Sys.class);

  /** Which operand of a call is a path. */
  private static final Map<Sys, Integer> PATH_OPERAND =
      Map.of(
          Sys.OPENAT2, 1,
          Sys.MKDIRAT, 1,
          Sys.MKNODAT, 1,
          Sys.SYMLINKAT, 2,
          Sys.LINKAT, 3,
          Sys.RENAMEAT2, 3,
          Sys.UNLINKAT, 1,
          Sys.MOUNT, 1,
          Sys.UMOUNT2, 0,
          Sys.OPEN_TREE, 1);

  static {
    usual(Errno.EMFILE, Sys.OPENAT2, Sys.PIPE2, Sys.SOCKET, Sys.MEMFD_CREATE, Sys.EVENTFD2);
    usual(Errno.EMFILE, Sys.PIDFD_OPEN, Sys.PIDFD_GETFD, Sys.EPOLL_CREATE1, Sys.OPEN_TREE);
    usual(Errno.ENOSPC, Sys.MKDIRAT, Sys.MKNODAT, Sys.SYMLINKAT, Sys.LINKAT, Sys.RENAMEAT2);
    usual(Errno.ENOSPC, Sys.WRITE, Sys.LSETXATTR, Sys.FTRUNCATE, Sys.UNSHARE, Sys.EPOLL_CTL);
    usual(Errno.EIO, Sys.FSYNC, Sys.SYNCFS, Sys.FCHOWNAT, Sys.FCHMOD, Sys.FCHMODAT, Sys.UTIMENSAT);
    usual(Errno.EIO, Sys.UNLINKAT, Sys.FSTATFS);
    usual(Errno.ENOMEM, Sys.MOUNT, Sys.MMAP, Sys.SETNS, Sys.MOUNT_SETATTR, Sys.IOCTL);
    usual(Errno.EBUSY, Sys.UMOUNT2);
    usual(Errno.ENOBUFS, Sys.SENDTO, Sys.SETSOCKOPT);
    usual(Errno.EADDRINUSE, Sys.BIND, Sys.LISTEN);
    usual(Errno.EPERM, Sys.BPF);
  }

  private final LibC real;
  private final Runtime runtime;
  private final FaultPoint faults;
  private final Architecture architecture = Architecture.current();
  private final Map<Long, Sys> byNumber = new HashMap<>();
  private final LaunchSteps steps = new LaunchSteps(architecture);

  /** The memory that each thread's next launch shares with its keeper. */
  private final Map<Thread, Mapping> shared = new ConcurrentHashMap<>();

  private record Mapping(long address, long size) {}

  public FaultyLibC(LibC real, FaultPoint faults) {
    this.real = real;
    this.runtime = Runtime.getRuntime(real);
    this.faults = faults;
    Arrays.stream(Sys.values())
        .filter(USUAL::containsKey)
        .forEach(call -> byNumber.put((long) call.number(architecture), call));
  }

  private static void usual(Errno errno, Sys... calls) {
    Arrays.stream(calls).forEach(call -> USUAL.put(call, errno));
  }

  @Override
  public long syscall(long number, long a, long b, long c, long d, long e, long f) {
    Sys call = byNumber.get(number);
    Optional<Errno> failure =
        call == null || (call == Sys.WRITE && isEventCounter(a))
            ? Optional.empty()
            : faults.before(call.callName(), what(call, a, b, c, d), USUAL.get(call));
    if (failure.isPresent()) {
      return fail(failure.get());
    }
    long result = real.syscall(number, a, b, c, d, e, f);
    if (call == Sys.MMAP && d == MAP_SHARED) {
      shared.put(Thread.currentThread(), new Mapping(result, b));
    }
    return result;
  }

  @Override
  public long clone(long function, long stack, long flags, long argument) {
    Optional<Errno> failure = faults.before("clone", "keeper", Errno.EAGAIN);
    if (failure.isPresent()) {
      return fail(failure.get());
    }
    steps.visit(argument, Long.MAX_VALUE, call -> fails("keeper", call));
    Mapping program = shared.remove(Thread.currentThread());
    if (program != null) {
      steps.visit(program.address(), program.size(), call -> fails("payload", call));
    }
    return real.clone(function, stack, flags, argument);
  }

  private boolean fails(String whose, String call) {
    return faults.before(call, "launch step of the " + whose, LaunchSteps.errno()).isPresent();
  }

  /** eventfd(2): adding one to a counter cannot fail. */
  private static boolean isEventCounter(long fd) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd))
          .endsWith("anon_inode:[eventfd]");
    } catch (IOException closed) {
      return false;
    }
  }

  private long fail(Errno errno) {
    LastError.setLastError(runtime, errno.intValue());
    return -1;
  }

  private static String what(Sys call, long... operands) {
    Integer path = PATH_OPERAND.get(call);
    return path == null
        ? Long.toString(operands[0])
        : NativeArena.getString(operands[path], PATH_SHOWN);
  }
}
