package io.jdocker.linux.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.capability.CapabilitySet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compiled filters on the real kernel: one thread takes a filter, tries, and ends. */
@Timeout(60)
final class SeccompIT {
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int ADDR_NO_RANDOMIZE = 0x0040000;
  private static final int AF_VSOCK = 40;
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;

  private final Kernel kernel = Kernel.load();
  private final SeccompFilters filters =
      new SeccompFilters(new FilterCompiler(Architecture.current(), KernelVersion.current()));

  private void install(SeccompFilter filter) {
    try (NativeArena arena = new NativeArena()) {
      long program = arena.allocate(16);
      NativeArena.putShort(program, (short) filter.length());
      NativeArena.putLong(program + 8, arena.bytes(filter.program()));
      kernel.call(() -> "", Sys.SECCOMP, SECCOMP_SET_MODE_FILTER, filter.flags(), program);
    }
  }

  /** A filter stays with the thread that took it: each test has one that ends with it. */
  private <T> T filtered(SeccompFilter filter, Supplier<T> attempt)
      throws ExecutionException, InterruptedException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                install(filter);
                result.complete(attempt.get());
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    return result.get();
  }

  private long answer(Sys call, long... operands) throws ExecutionException, InterruptedException {
    return filtered(
        filters.byDefault(CapabilitySet.dockerDefault()), () -> kernel.attempt(call, operands));
  }

  @Test
  void theDefaultPolicyHoldsInTheKernel() throws Exception {
    assertEquals(kernel.processes().pid(), answer(Sys.GETPID));
    assertEquals(-EPERM, answer(Sys.UNSHARE, ProcessCalls.CLONE_NEWUTS));
    assertEquals(-EPERM, answer(Sys.MOUNT, 0, 0, 0, 0, 0));
    assertEquals(-EPERM, answer(Sys.KEYCTL, 0));
    assertEquals(-EPERM, answer(Sys.PERSONALITY, ADDR_NO_RANDOMIZE));
    assertEquals(-EPERM, answer(Sys.SOCKET, AF_VSOCK, SOCK_STREAM, 0));
    assertEquals(-ENOSYS, answer(Sys.CLONE3, 0, 0));
    long socket = answer(Sys.SOCKET, AF_UNIX, SOCK_STREAM, 0);
    assertEquals(0, kernel.attempt(Sys.CLOSE, socket));
  }

  @Test
  void aCallThatNoKernelHasYetIsUnknownNotForbidden() throws Exception {
    long answer =
        filtered(
            filters.byDefault(CapabilitySet.dockerDefault()),
            () -> {
              long result = kernel.libc().syscall(4000, 0, 0, 0, 0, 0, 0);
              return result == -1
                  ? (long) jnr.ffi.LastError.getLastError(jnr.ffi.Runtime.getRuntime(kernel.libc()))
                  : result;
            });
    assertEquals(ENOSYS, answer);
  }

  @Test
  void aProfileOfAUserHolds() throws Exception {
    SeccompProfile profile =
        ProfileParser.parse(
            """
            {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
              {"names": ["getpid"], "action": "SCMP_ACT_ERRNO", "errnoRet": 77}]}
            """);
    SeccompFilter filter = filters.of(profile, CapabilitySet.empty());
    assertEquals(-77L, (long) filtered(filter, () -> kernel.attempt(Sys.GETPID)));
  }

  @Test
  void aFilterIsCompiledOnce() {
    SeccompFilter first = filters.byDefault(CapabilitySet.dockerDefault());
    assertSame(first, filters.byDefault(CapabilitySet.dockerDefault()));
  }
}
