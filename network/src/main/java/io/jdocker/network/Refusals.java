package io.jdocker.network;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import jnr.constants.platform.Errno;

/** Turns what the kernel and the disk refuse into the module's errors, saying what it was for. */
final class Refusals {
  private Refusals() {}

  static <T> T named(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (SyscallException e) {
      String advice = e.is(Errno.EPERM) ? ": the engine must run as root" : "";
      throw new SystemFailure("cannot " + what + ": " + e.getMessage() + advice, e);
    } catch (UncheckedIOException e) {
      throw new SystemFailure("cannot " + what + ": " + e.getCause().getMessage(), e);
    }
  }

  static void named(String what, Runnable work) {
    named(
        what,
        () -> {
          work.run();
          return true;
        });
  }
}
