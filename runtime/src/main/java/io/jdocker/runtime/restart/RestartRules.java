package io.jdocker.runtime.restart;

import io.jdocker.runtime.spec.RestartPolicy;

/** Docker's rules for restarts. */
public final class RestartRules {
  /**
   * How a container's last run ended.
   *
   * @param restarts how often a policy has started it since it was started by hand
   * @param byHand somebody stopped or killed it
   */
  public record Ended(int exitCode, int restarts, boolean byHand) {}

  /** What an engine that starts found a container at that does not run. */
  public enum Found {
    /** Its run had ended, and its policy was asked, while there was an engine. */
    AT_REST,
    /** Its run ended without an engine. */
    CUT_SHORT,
    /** It was waiting for a restart, which its policy had decided on. */
    WAITING
  }

  private RestartRules() {}

  /** Whether a container whose run has just ended is started again. */
  public static boolean afterExit(RestartPolicy policy, Ended run) {
    if (run.byHand()) {
      return false;
    }
    return switch (policy.mode()) {
      case NO -> false;
      case ALWAYS, UNLESS_STOPPED -> true;
      case ON_FAILURE ->
          run.exitCode() != 0
              && (policy.maximumRetries() == 0 || run.restarts() < policy.maximumRetries());
    };
  }

  /**
   * Whether an engine that starts starts a container, which ran at least once and does not now.
   * {@code on-failure} is no wish to run whenever an engine does: it only goes on where it was
   * interrupted.
   */
  public static boolean atEngineStart(RestartPolicy policy, Ended run, Found found) {
    return switch (policy.mode()) {
      case NO -> false;
      case ALWAYS -> true;
      case UNLESS_STOPPED -> !run.byHand();
      case ON_FAILURE ->
          switch (found) {
            case AT_REST -> false;
            case CUT_SHORT -> afterExit(policy, run);
            case WAITING -> !run.byHand();
          };
    };
  }
}
