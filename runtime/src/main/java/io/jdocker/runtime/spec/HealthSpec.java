package io.jdocker.runtime.spec;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a container is probed, as it was asked for. Times are nanoseconds; 0: the default.
 *
 * @param test {@code CMD word...}, {@code CMD-SHELL line}, {@code NONE}; empty: the image's
 * @param interval from the end of a probe to the next; 30 s
 * @param timeout after which a probe is killed and has failed; 30 s
 * @param startPeriod after the start, in which failures do not count until the first success
 * @param startInterval instead of the interval while in the start period; 5 s
 * @param retries failures one after another that make it unhealthy; 3
 * @param shell what runs a {@code CMD-SHELL} line; empty: {@code /bin/sh -c}
 */
public record HealthSpec(
    List<String> test,
    long interval,
    long timeout,
    long startPeriod,
    long startInterval,
    int retries,
    List<String> shell) {
  private static final Duration DEFAULT_TIME = Duration.ofSeconds(30);
  private static final Duration DEFAULT_START_INTERVAL = Duration.ofSeconds(5);
  private static final int DEFAULT_RETRIES = 3;
  private static final String IN_SHELL = "CMD-SHELL";
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  public HealthSpec {
    test = List.copyOf(test);
    shell = List.copyOf(shell);
  }

  /** False where there is nothing to probe with. */
  public boolean isOn() {
    return !test.isEmpty() && !test.get(0).equals("NONE");
  }

  /** The command line of a probe. */
  public List<String> command() {
    List<String> words = test.subList(1, test.size());
    if (!test.get(0).equals(IN_SHELL)) {
      return words;
    }
    List<String> runner = shell.isEmpty() ? DEFAULT_SHELL : shell;
    return Stream.concat(runner.stream(), words.stream()).toList();
  }

  public Duration effectiveInterval() {
    return orElse(interval, DEFAULT_TIME);
  }

  public Duration effectiveTimeout() {
    return orElse(timeout, DEFAULT_TIME);
  }

  public Duration effectiveStartPeriod() {
    return Duration.ofNanos(startPeriod);
  }

  public Duration effectiveStartInterval() {
    return orElse(startInterval, DEFAULT_START_INTERVAL);
  }

  public int effectiveRetries() {
    return retries <= 0 ? DEFAULT_RETRIES : retries;
  }

  private static Duration orElse(long nanos, Duration otherwise) {
    return nanos == 0 ? otherwise : Duration.ofNanos(nanos);
  }
}
