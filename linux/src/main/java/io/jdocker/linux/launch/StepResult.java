package io.jdocker.linux.launch;

import io.jdocker.linux.SyscallException;

/** What the kernel answered to a step: a value, or an errno negated. */
public record StepResult(Step step, long value) {
  public boolean failed() {
    return value < 0 && value > -4096;
  }

  /** The errno, or 0. */
  public int errno() {
    return failed() ? (int) -value : 0;
  }

  /** The value, or the errno's name. */
  public String shown() {
    return failed() ? SyscallException.describe(errno()) : Long.toString(value);
  }

  @Override
  public String toString() {
    return step + " = " + shown();
  }
}
