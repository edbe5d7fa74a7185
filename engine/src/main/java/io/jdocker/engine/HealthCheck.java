package io.jdocker.engine;

import io.jdocker.runtime.spec.HealthSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a container is probed.
 *
 * @param command what is run in the container; exit code 0 says that it is healthy
 * @param interval from the end of a probe to the next
 * @param timeout after which a probe has failed
 * @param startPeriod after the start, in which failures do not count
 * @param retries failures one after another that make it unhealthy
 */
public record HealthCheck(
    List<String> command, Duration interval, Duration timeout, Duration startPeriod, int retries) {
  private static final Duration DEFAULT_TIME = Duration.ofSeconds(30);
  private static final int DEFAULT_RETRIES = 3;

  public HealthCheck {
    command = List.copyOf(command);
  }

  /** A command line of the container with Docker's times: every 30 s, three failures. */
  public static HealthCheck command(String... words) {
    return new HealthCheck(
        List.of(words), DEFAULT_TIME, DEFAULT_TIME, Duration.ZERO, DEFAULT_RETRIES);
  }

  public HealthCheck every(Duration time) {
    return new HealthCheck(command, time, timeout, startPeriod, retries);
  }

  public HealthCheck withTimeout(Duration time) {
    return new HealthCheck(command, interval, time, startPeriod, retries);
  }

  public HealthCheck withStartPeriod(Duration time) {
    return new HealthCheck(command, interval, timeout, time, retries);
  }

  public HealthCheck withRetries(int count) {
    return new HealthCheck(command, interval, timeout, startPeriod, count);
  }

  HealthSpec spec() {
    List<String> test = new ArrayList<>(List.of("CMD"));
    test.addAll(command);
    // The same rhythm from the start on: a healthy container is known to be one interval later.
    return new HealthSpec(
        test,
        interval.toNanos(),
        timeout.toNanos(),
        startPeriod.toNanos(),
        interval.toNanos(),
        retries,
        List.of());
  }
}
