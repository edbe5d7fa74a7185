package io.jdocker.linux.failure;

/**
 * What went wrong, in a message for a person: what failed, on what, why, what to do next. Lower
 * case and without a full stop, save where Docker's clients match the text.
 */
public abstract sealed class EngineException extends RuntimeException
    permits InvalidArgument,
        NotFound,
        Conflict,
        Forbidden,
        NotModified,
        Unavailable,
        Unsupported,
        SystemFailure {
  private static final long serialVersionUID = 1L;

  EngineException(String message) {
    super(message);
  }

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
