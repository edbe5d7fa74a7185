package io.jdocker.images.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * When to try again what has failed, and after how long.
 *
 * @param attempts at most, the first included
 * @param pause before the second attempt; doubled with each further one
 * @param longest that a server may make us wait
 * @param stall after how long without a byte a connection counts as dead
 */
public record RetryPolicy(int attempts, Duration pause, Duration longest, Duration stall) {
  /** Request timeout, too many requests, and what gateways and overloaded servers answer. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

  /** Five attempts, as Docker's. */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        5, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  /** Whether the status may be another the next time. */
  boolean isTransient(int status) {
    return TRANSIENT.contains(status);
  }

  /**
   * How long to wait.
   *
   * @param attempt the one that has failed, from 1
   * @param retryAfter the server's wish: seconds, or a date of RFC 9110; empty for none
   * @return empty when there is to be no other attempt
   */
  Optional<Duration> delay(int attempt, Optional<String> retryAfter, Instant now) {
    if (attempt >= attempts) {
      return Optional.empty();
    }
    Duration own = pause.multipliedBy(1L << Math.min(attempt - 1, 16));
    Duration wanted = retryAfter.flatMap(text -> wish(text, now)).orElse(own);
    // A server that says tomorrow means "no".
    return wanted.compareTo(longest) > 0 ? Optional.empty() : Optional.of(wanted);
  }

  private static Optional<Duration> wish(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration until = Duration.between(now, date);
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // no wish that can be understood
    }
  }
}
