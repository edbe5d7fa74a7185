package io.jdocker.linux.failure;

/** The object's state, or another object, forbids the request. HTTP 409. */
public final class Conflict extends EngineException {
  private static final long serialVersionUID = 1L;

  public Conflict(String message) {
    super(message);
  }

  public Conflict(String message, Throwable cause) {
    super(message, cause);
  }
}
