package io.jdocker.linux.launch;

import io.jdocker.linux.Sys;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * One system call of a launch program. Two steps are equal only when they are the same step, as a
 * later operand may name this one's result.
 */
public final class Step {
  private static final int MAX_OPERANDS = 6;

  private final String purpose;
  private final Sys call;
  private final List<Operand> operands;
  private long tolerated;
  private boolean afterFailure;
  private LaunchProgram branch;
  private long jump;
  private Supplier<String> shell;

  Step(String purpose, Sys call, List<Operand> operands) {
    if (operands.size() > MAX_OPERANDS) {
      throw new IllegalArgumentException(call + " with " + operands.size() + " operands");
    }
    this.purpose = purpose;
    this.call = call;
    this.operands = List.copyOf(operands);
  }

  /** The launch goes on when the call fails with one of these. */
  public Step tolerate(Errno... errors) {
    for (Errno error : errors) {
      if (error.intValue() >= Long.SIZE) {
        throw new IllegalArgumentException(error + " is past what a step can tolerate");
      }
      tolerated |= 1L << error.intValue();
    }
    return this;
  }

  /** The call is made only where an earlier step has failed. */
  Step onlyAfterFailure() {
    afterFailure = true;
    return this;
  }

  /** A clone: its child goes on with that program. */
  public Step branch(LaunchProgram child) {
    branch = child;
    return this;
  }

  /** Where the result is 0, the process goes on at that address, a step of another image. */
  Step jump(long address) {
    jump = address;
    return this;
  }

  /** What a person would type for it. */
  public Step shell(String command) {
    return shell(() -> command);
  }

  /** What a person would type for it, put into words only when somebody asks. */
  public Step shell(Supplier<String> command) {
    shell = command;
    return this;
  }

  /** Takes it back: the shell needs no command for this call. */
  public Step withoutShell() {
    shell = null;
    return this;
  }

  /** What the call is for, in a few words. */
  public String purpose() {
    return purpose;
  }

  public Sys call() {
    return call;
  }

  public List<Operand> operands() {
    return operands;
  }

  /** The shell's equivalent, or null where the shell needs none. */
  public String shellCommand() {
    return shell == null ? null : shell.get();
  }

  long toleratedMask() {
    return tolerated;
  }

  boolean isOnlyAfterFailure() {
    return afterFailure;
  }

  LaunchProgram branchTarget() {
    return branch;
  }

  long jumpTarget() {
    return jump;
  }

  /** True when this answer ends the launch. */
  boolean isRefusedBy(long result) {
    long errno = -result;
    return errno > 0 && errno < 4096 && (errno >= Long.SIZE || (tolerated & 1L << errno) == 0);
  }

  /** The call as strace(1) would print it. */
  @Override
  public String toString() {
    return call.callName()
        + operands.stream().map(Operand::shown).collect(Collectors.joining(", ", "(", ")"));
  }
}
