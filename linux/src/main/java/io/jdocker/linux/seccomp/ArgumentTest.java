package io.jdocker.linux.seccomp;

import io.jdocker.linux.failure.InvalidArgument;

/**
 * A test of one argument of a system call. All six registers are compared as unsigned numbers of 64
 * bits.
 *
 * @param index which argument, 0 to 5
 * @param mask bits that take part in {@link Comparison#MASKED_EQ}; all ones for the others
 * @param value what the argument is compared with
 */
public record ArgumentTest(int index, Comparison comparison, long mask, long value) {
  /** The relation of an argument to the value. */
  public enum Comparison {
    NE,
    LT,
    LE,
    EQ,
    GE,
    GT,
    MASKED_EQ
  }

  private static final int ARGUMENTS = 6;

  public ArgumentTest {
    if (index < 0 || index >= ARGUMENTS) {
      throw new InvalidArgument("seccomp argument index " + index + " is not in 0..5");
    }
  }

  /** A test of the whole argument. */
  public static ArgumentTest of(int index, Comparison comparison, long value) {
    return new ArgumentTest(index, comparison, -1L, value);
  }

  /** A test of the argument's bits under the mask. */
  public static ArgumentTest masked(int index, long mask, long value) {
    return new ArgumentTest(index, Comparison.MASKED_EQ, mask, value);
  }
}
