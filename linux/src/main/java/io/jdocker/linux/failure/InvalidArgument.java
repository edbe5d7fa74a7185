package io.jdocker.linux.failure;

/** The request itself is wrong: a malformed name, value or file. HTTP 400. */
public final class InvalidArgument extends EngineException {
  private static final long serialVersionUID = 1L;

  public InvalidArgument(String message) {
    super(message);
  }

  public InvalidArgument(String message, Throwable cause) {
    super(message, cause);
  }
}
