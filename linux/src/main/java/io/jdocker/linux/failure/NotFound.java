package io.jdocker.linux.failure;

/** The named object does not exist. HTTP 404. */
public final class NotFound extends EngineException {
  private static final long serialVersionUID = 1L;

  public NotFound(String message) {
    super(message);
  }

  public NotFound(String message, Throwable cause) {
    super(message, cause);
  }
}
