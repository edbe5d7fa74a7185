package io.jdocker.cli.option;

/** A command line that cannot be understood. The message is complete, usage lines included. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public UsageException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** 125 for a wrong flag, 1 for a wrong number of arguments, as docker. */
  public int exitCode() {
    return exitCode;
  }
}
