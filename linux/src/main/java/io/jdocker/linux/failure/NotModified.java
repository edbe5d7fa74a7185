package io.jdocker.linux.failure;

/** The object is already as requested. HTTP 304. */
public final class NotModified extends EngineException {
  private static final long serialVersionUID = 1L;

  public NotModified(String message) {
    super(message);
  }

  public NotModified(String message, Throwable cause) {
    super(message, cause);
  }
}
