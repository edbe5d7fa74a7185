package io.jdocker.cli.option;

/** A command line that cannot be understood. The message is complete, usage lines included. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int WRONG_FLAG = 125;

  private final int exitCode;

  public UsageException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What is wrong with a flag, and how the verb is used. */
  public static UsageException wrongFlag(Synopsis synopsis, String problem) {
    return new UsageException(
        problem
            + "\n\nUsage:  "
            + UsageText.line(synopsis)
            + "\n\nRun '"
            + UsageText.PROGRAM
            + " "
            + synopsis.path()
            + " --help' for more information",
        WRONG_FLAG);
  }

  /** 125 for a wrong flag, 1 for a wrong number of arguments, as docker. */
  public int exitCode() {
    return exitCode;
  }
}
