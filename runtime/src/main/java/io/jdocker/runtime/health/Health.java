package io.jdocker.runtime.health;

import io.jdocker.runtime.spec.HealthSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The health of a container, as its probes have shown it. Immutable.
 *
 * @param failingStreak failures since the last success
 * @param log the last five probes, oldest first
 */
public record Health(HealthStatus status, int failingStreak, List<ProbeResult> log) {
  private static final int LOG_LENGTH = 5;

  public Health {
    log = List.copyOf(log);
  }

  /** Of a container that has just been started. */
  public static Health starting() {
    return new Health(HealthStatus.STARTING, 0, List.of());
  }

  /**
   * After a further probe.
   *
   * @param startedAt of the run: failures in the start period count only once it was healthy
   */
  public Health after(ProbeResult probe, HealthSpec spec, Instant startedAt) {
    List<ProbeResult> all = new ArrayList<>(log);
    all.add(probe);
    List<ProbeResult> kept = all.subList(Math.max(0, all.size() - LOG_LENGTH), all.size());
    if (probe.succeeded()) {
      return new Health(HealthStatus.HEALTHY, 0, kept);
    }
    boolean excused =
        status == HealthStatus.STARTING
            && isEarlier(startedAt, probe.start(), spec.effectiveStartPeriod());
    int streak = excused ? failingStreak : failingStreak + 1;
    boolean tooMany = !excused && streak >= spec.effectiveRetries();
    return new Health(tooMany ? HealthStatus.UNHEALTHY : status, streak, kept);
  }

  /** Nobody probes any more: Docker's clients take an ended or paused container for unhealthy. */
  public Health unwatched() {
    return new Health(HealthStatus.UNHEALTHY, failingStreak, log);
  }

  /** How long to wait for the next probe. */
  public Duration untilNext(HealthSpec spec, Instant startedAt, Instant now) {
    boolean inStartPeriod =
        status == HealthStatus.STARTING && isEarlier(startedAt, now, spec.effectiveStartPeriod());
    return inStartPeriod ? spec.effectiveStartInterval() : spec.effectiveInterval();
  }

  private static boolean isEarlier(Instant from, Instant moment, Duration than) {
    return Duration.between(from, moment).compareTo(than) < 0;
  }
}
