package io.jdocker.cli.build;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the text of Docker's classic builder apart into steps and what they print. */
final class BuildSteps implements BuildDisplay {
  private static final Pattern STEP = Pattern.compile("Step (\\d+)/(\\d+) : (.*)");
  private static final Pattern RESULT = Pattern.compile(" ---> [0-9a-f]{12}");
  private static final Pattern NOISE =
      Pattern.compile(" ---> Running in \\S+|Removing intermediate container \\S+");

  /**
   * A step.
   *
   * @param number from 1
   * @param total of the build
   */
  record Step(int number, int total, String instruction) {
    String label() {
      return "[" + number + "/" + total + "] " + instruction;
    }
  }

  /** What is made of it. */
  interface Listener {
    /** A step begins; the one before it is over. */
    void begin(Step step) throws IOException;

    /** The step that goes on prints a line. */
    void line(Step step, String line) throws IOException;

    /** The step is over. */
    void end(Step step, boolean cached) throws IOException;

    /** A line that is no step's. */
    void message(String line) throws IOException;

    /** The build has failed, in that step or in none. */
    void fail(Step step, String message) throws IOException;
  }

  private static final Step NONE = new Step(0, 0, "");

  private final Listener listener;
  private final StringBuilder rest = new StringBuilder();
  private Step step = NONE;
  private boolean cached;

  BuildSteps(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void text(String text) throws IOException {
    rest.append(text);
    for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      String line = rest.substring(0, end);
      rest.delete(0, end + 1);
      line(line);
    }
  }

  private void line(String line) throws IOException {
    Matcher begun = STEP.matcher(line);
    if (begun.matches()) {
      endStep();
      step =
          new Step(
              Integer.parseInt(begun.group(1)), Integer.parseInt(begun.group(2)), begun.group(3));
      listener.begin(step);
    } else if (line.equals(" ---> Using cache")) {
      cached = true;
    } else if (RESULT.matcher(line).matches()) {
      endStep();
    } else if (step.equals(NONE)) {
      listener.message(line);
    } else if (!NOISE.matcher(line).matches()) {
      listener.line(step, line);
    }
  }

  private void endStep() throws IOException {
    if (!step.equals(NONE)) {
      listener.end(step, cached);
    }
    step = NONE;
    cached = false;
  }

  private void flush() throws IOException {
    if (!rest.isEmpty()) {
      text("\n");
    }
  }

  @Override
  public void end() throws IOException {
    flush();
    endStep();
  }

  @Override
  public void fail(String message) throws IOException {
    flush();
    listener.fail(step, message);
  }
}
