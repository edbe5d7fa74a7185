package io.jdocker.linux.testing.fault;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * The steps of a launch program in memory, as the class ProgramImage of the launch package lays
 * them out. The child that makes them cannot be asked to fail, but it can be given a system call
 * that no kernel has, which answers ENOSYS.
 */
final class LaunchSteps {
  private static final int FIRST_STEP = 8;
  private static final int HEADER_SIZE = 16;
  private static final int STEP_SIZE = 136;
  private static final int OPERANDS = 8;
  private static final int VALUES = 56;
  private static final int AFTER_FAILURE = 120;
  private static final int RESULT = 128;
  private static final long NO_SUCH_CALL = 1023;

  private final Map<Long, String> names;

  LaunchSteps(Architecture architecture) {
    names =
        Arrays.stream(Sys.values())
            .collect(Collectors.toMap(call -> (long) call.number(architecture), Sys::callName));
  }

  /**
   * Goes through the steps of an image.
   *
   * @param memory where it lies
   * @param size of the memory behind that address
   * @param fails told the call of each step, whether it is to fail
   */
  void visit(long memory, long size, Function<String, Boolean> fails) {
    long base = NativeArena.getLong(memory + FIRST_STEP) - HEADER_SIZE;
    for (long at = HEADER_SIZE;
        at + STEP_SIZE <= size && isStep(memory, at, base);
        at += STEP_SIZE) {
      String name = names.getOrDefault(NativeArena.getLong(memory + at), "unknown");
      if (NativeArena.getLong(memory + at + AFTER_FAILURE) == 0 && fails.apply(name)) {
        NativeArena.putLong(memory + at, NO_SUCH_CALL);
      }
    }
  }

  /** A step's first operand is a constant of its own, or another step's result. */
  private static boolean isStep(long memory, long at, long base) {
    long operand = NativeArena.getLong(memory + at + OPERANDS) - base;
    return operand == at + VALUES
        || (operand > 0 && (operand - HEADER_SIZE - RESULT) % STEP_SIZE == 0);
  }

  /** What a step fails with. */
  static Errno errno() {
    return Errno.ENOSYS;
  }
}
