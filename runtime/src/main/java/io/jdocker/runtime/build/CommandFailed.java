package io.jdocker.runtime.build;

/** A RUN step's command ended with an error of its own. */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailed(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** As a shell shows it. */
  public int exitCode() {
    return exitCode;
  }
}
