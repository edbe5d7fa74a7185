package io.jdocker.runtime.spec;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Arrays;

/**
 * Whether a container that has ended is started again.
 *
 * @param maximumRetries how many restarts {@link Mode#ON_FAILURE} makes; 0: no limit
 */
public record RestartPolicy(Mode mode, int maximumRetries) {
  /** The policies of Docker. */
  public enum Mode {
    NO("no"),
    /** After every end, and whenever an engine starts, be it stopped by hand or not. */
    ALWAYS("always"),
    /** As {@link #ALWAYS}, but what was stopped by hand stays stopped when an engine starts. */
    UNLESS_STOPPED("unless-stopped"),
    /** After an end with another exit code than 0. */
    ON_FAILURE("on-failure");

    private final String apiName;

    Mode(String apiName) {
      this.apiName = apiName;
    }

    /** As the API writes it. */
    public String apiName() {
      return apiName;
    }
  }

  /** Never. */
  public static RestartPolicy none() {
    return new RestartPolicy(Mode.NO, 0);
  }

  /**
   * Reads the API's words.
   *
   * @param name empty: {@code no}; whatever count comes with it is then ignored, as in Docker
   * @throws InvalidArgument for a name that is none, or a count that the policy has no use for
   */
  public static RestartPolicy parse(String name, int maximumRetries) {
    if (name.isEmpty()) {
      return none();
    }
    Mode mode =
        Arrays.stream(Mode.values())
            .filter(m -> m.apiName.equals(name))
            .findFirst()
            .orElseThrow(() -> invalid("unknown policy '" + name + "'; use one of " + names()));
    if (mode == Mode.ON_FAILURE && maximumRetries < 0) {
      throw invalid("maximum retry count cannot be negative");
    }
    if (mode != Mode.ON_FAILURE && maximumRetries != 0) {
      throw invalid(
          "maximum retry count can only be used with 'on-failure'"
              + (maximumRetries < 0 ? " and cannot be negative" : ""));
    }
    return new RestartPolicy(mode, maximumRetries);
  }

  private static String names() {
    return "'no', 'always', 'on-failure', or 'unless-stopped'";
  }

  private static InvalidArgument invalid(String why) {
    return new InvalidArgument("invalid restart policy: " + why);
  }

  public boolean isNone() {
    return mode == Mode.NO;
  }
}
