package io.jdocker.runtime.build;

import io.jdocker.images.Digest;

/** The lines of Docker's classic builder, for one stage. */
final class BuildOutput {
  private final BuildProgress progress;
  private final int steps;
  private int step;

  /**
   * @param before steps of stages that come first
   * @param steps of all stages together
   */
  BuildOutput(BuildProgress progress, int before, int steps) {
    this.progress = progress;
    this.step = before;
    this.steps = steps;
  }

  void step(String instruction) {
    step++;
    progress.text("Step " + step + "/" + steps + " : " + instruction + "\n");
  }

  void cached() {
    progress.text(" ---> Using cache\n");
  }

  void running(String containerId) {
    progress.text(" ---> Running in " + containerId + "\n");
  }

  void removed(String containerId) {
    progress.text("Removing intermediate container " + containerId + "\n");
  }

  void result(Digest id) {
    progress.text(" ---> " + id.shortHex() + "\n");
  }

  void triggers(int count) {
    progress.text("# Executing " + count + " build trigger" + (count == 1 ? "" : "s") + "\n");
  }

  /** Text as it is. */
  void text(String text) {
    progress.text(text);
  }
}
