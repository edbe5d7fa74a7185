package io.jdocker.linux.failure;

/** The request would be understood but is not allowed. HTTP 403. */
public final class Forbidden extends EngineException {
  private static final long serialVersionUID = 1L;

  public Forbidden(String message) {
    super(message);
  }

  public Forbidden(String message, Throwable cause) {
    super(message, cause);
  }
}
