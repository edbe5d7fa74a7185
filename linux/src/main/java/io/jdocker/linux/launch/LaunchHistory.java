package io.jdocker.linux.launch;

import io.jdocker.linux.Sys;
import java.util.ArrayList;
import java.util.List;

/**
 * Which calls of a launch were made, in the order of time: a child's calls follow the clone that
 * made it, as its parent waits meanwhile (CLONE_VFORK).
 */
final class LaunchHistory {
  private final ProgramImage image;
  private final List<StepResult> results;
  private final Step refused;

  /**
   * @param results of every step of the image, made or not
   * @param refused where the launch failed, or null
   */
  LaunchHistory(ProgramImage image, List<StepResult> results, Step refused) {
    this.image = image;
    this.results = results;
    this.refused = refused;
  }

  /** The calls of a program and of the children it cloned, the refused one being the last. */
  List<StepResult> made(LaunchProgram program) {
    List<StepResult> made = new ArrayList<>();
    add(program, made);
    return List.copyOf(made);
  }

  /** False where nothing follows: the program has failed, or the process is another one now. */
  private boolean add(LaunchProgram program, List<StepResult> made) {
    for (Step step : program.steps()) {
      if (step.isOnlyAfterFailure()) {
        continue;
      }
      StepResult result = results.get(image.position(step));
      made.add(result);
      if (step == refused) {
        return false;
      }
      if (step.call() == Sys.EXECVE && !result.failed()) {
        return true;
      }
      if (step.branchTarget() != null && !add(step.branchTarget(), made)) {
        return false;
      }
    }
    return true;
  }
}
