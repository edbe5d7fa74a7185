package io.jdocker.linux.launch;

import io.jdocker.linux.Sys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An immutable list of system calls for a cloned child; the last one is normally execve(2). */
public final class LaunchProgram {
  private final List<Step> steps;

  private LaunchProgram(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  public List<Step> steps() {
    return steps;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects steps in the order they are to be made. One thread. */
  public static final class Builder {
    private final List<Step> steps = new ArrayList<>();

    /** Appends a call. */
    public Step add(String purpose, Sys call, Operand... operands) {
      Step step = new Step(purpose, call, Arrays.asList(operands));
      steps.add(step);
      return step;
    }

    /** Appends a step made elsewhere. */
    public void append(Step step) {
      steps.add(step);
    }

    public LaunchProgram build() {
      return new LaunchProgram(steps);
    }
  }
}
