package io.jdocker.linux.failure;

/** jdocker, or the kernel at hand, has no such feature. HTTP 501. */
public final class Unsupported extends EngineException {
  private static final long serialVersionUID = 1L;

  public Unsupported(String message) {
    super(message);
  }

  public Unsupported(String message, Throwable cause) {
    super(message, cause);
  }
}
