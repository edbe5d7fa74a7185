package io.jdocker.linux.failure;

/** The kernel or the machine refused. HTTP 500. */
public final class SystemFailure extends EngineException {
  private static final long serialVersionUID = 1L;

  public SystemFailure(String message) {
    super(message);
  }

  public SystemFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
