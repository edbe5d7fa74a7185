package io.jdocker.runtime.restart;

import java.time.Duration;

/**
 * How long the next restart of a container waits: 100 ms at first, then twice as long each time, up
 * to a minute. A run of ten seconds or more begins anew. Immutable.
 *
 * @param last the time waited last; zero before the first
 */
public record Backoff(Duration last) {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration GOOD_RUN = Duration.ofSeconds(10);

  /** Of a container that was started by hand. */
  public static Backoff none() {
    return new Backoff(Duration.ZERO);
  }

  /**
   * The one after a further end.
   *
   * @param ran how long the run was that has ended
   */
  public Backoff after(Duration ran) {
    if (last.isZero() || ran.compareTo(GOOD_RUN) >= 0) {
      return new Backoff(FIRST);
    }
    Duration twice = last.multipliedBy(2);
    return new Backoff(twice.compareTo(LONGEST) > 0 ? LONGEST : twice);
  }
}
