package io.jdocker.compose.model;

/**
 * Another service that is needed first.
 *
 * @param restart whether to be restarted when that one is
 * @param required false when it may be missing
 */
public record Dependency(Condition condition, boolean restart, boolean required) {
  /** What must have come true of it. */
  public enum Condition {
    STARTED("service_started"),
    HEALTHY("service_healthy"),
    COMPLETED("service_completed_successfully");

    private final String word;

    Condition(String word) {
      this.word = word;
    }

    /** The word of the specification. */
    public String word() {
      return word;
    }
  }
}
