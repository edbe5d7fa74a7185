package io.jdocker.linux.launch;

import io.jdocker.linux.SyscallException;
import java.util.List;
import jnr.constants.platform.Errno;

/** A step of a launch that the kernel refused. Nothing of the launch runs any more. */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Step step;
  private final int errno;
  private final transient List<StepResult> results;

  LaunchException(Step step, int errno, List<StepResult> results) {
    super(step.purpose() + ": " + step + ": " + SyscallException.describe(errno));
    this.step = step;
    this.errno = errno;
    this.results = List.copyOf(results);
  }

  public Step step() {
    return step;
  }

  public int errno() {
    return errno;
  }

  public boolean is(Errno expected) {
    return errno == expected.intValue();
  }

  /** What each step that was made answered; this one comes last. */
  public List<StepResult> results() {
    return results;
  }
}
