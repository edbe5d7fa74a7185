package io.jdocker.cli.http;

/** The engine refused a request. The message is the engine's own. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  public boolean isNotFound() {
    return status == 404;
  }
}
