package io.jdocker.linux.failure;

/** Something the request needs does not answer now. HTTP 503. */
public final class Unavailable extends EngineException {
  private static final long serialVersionUID = 1L;

  public Unavailable(String message) {
    super(message);
  }

  public Unavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
