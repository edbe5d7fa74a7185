package io.jdocker.runtime.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.runtime.spec.HealthSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's rules, by series of probes: one each second, {@code +} for success. */
final class HealthTest {
  private static final Instant STARTED = Instant.parse("2026-03-01T12:00:00Z");

  private static HealthSpec spec(int startPeriodSeconds, int retries) {
    return new HealthSpec(
        List.of("CMD", "true"),
        Duration.ofSeconds(10).toNanos(),
        0,
        Duration.ofSeconds(startPeriodSeconds).toNanos(),
        Duration.ofSeconds(2).toNanos(),
        retries,
        List.of());
  }

  private static ProbeResult probe(int second, int exitCode) {
    Instant start = STARTED.plusSeconds(second);
    return new ProbeResult(start, start.plusMillis(10), exitCode, "probe " + second);
  }

  private static Health after(String probes, HealthSpec spec) {
    Health health = Health.starting();
    for (int i = 0; i < probes.length(); i++) {
      health = health.after(probe(i + 1, probes.charAt(i) == '+' ? 0 : 1), spec, STARTED);
    }
    return health;
  }

  @ParameterizedTest
  @CsvSource({
    // start period, retries, probes, status, failing streak
    "0, 3, '',       STARTING,  0",
    "0, 3, '+',      HEALTHY,   0",
    "0, 3, '-',      STARTING,  1",
    "0, 3, '--',     STARTING,  2",
    "0, 3, '---',    UNHEALTHY, 3",
    "0, 0, '---',    UNHEALTHY, 3",
    "0, 1, '-',      UNHEALTHY, 1",
    "0, 3, '+--',    HEALTHY,   2",
    "0, 3, '+---',   UNHEALTHY, 3",
    "0, 3, '--+--',  HEALTHY,   2",
    "0, 3, '---+',   HEALTHY,   0",
    "0, 3, '----',   UNHEALTHY, 4",
    // failures of a container that was never healthy do not count in its start period
    "5, 3, '----',   STARTING,  0",
    "5, 3, '-----',  STARTING,  1",
    "5, 3, '-------',UNHEALTHY, 3",
    "9, 1, '+-',     UNHEALTHY, 1",
    "9, 2, '-+-',    HEALTHY,   1",
    "9, 2, '-+--',   UNHEALTHY, 2",
  })
  void whatProbesMakeOfIt(
      int startPeriod, int retries, String probes, HealthStatus status, int streak) {
    Health health = after(probes, spec(startPeriod, retries));
    assertEquals(status, health.status());
    assertEquals(streak, health.failingStreak());
  }

  @Test
  void aProbeThatCouldNotBeMadeIsAFailure() {
    Health health = Health.starting().after(probe(1, ProbeResult.NOT_RUN), spec(0, 1), STARTED);
    assertEquals(HealthStatus.UNHEALTHY, health.status());
  }

  @Test
  void theLastFiveAreKept() {
    Health health = after("+-+-+-+", spec(0, 3));
    assertEquals(
        IntStream.rangeClosed(3, 7).mapToObj(i -> "probe " + i).toList(),
        health.log().stream().map(ProbeResult::output).toList());
    assertEquals(List.of(0, 1, 0, 1, 0), health.log().stream().map(ProbeResult::exitCode).toList());
  }

  @Test
  void unwatchedItIsUnhealthyAndKeepsItsLog() {
    Health before = after("+-", spec(0, 3));
    Health health = before.unwatched();
    assertEquals(HealthStatus.UNHEALTHY, health.status());
    assertEquals(before.log(), health.log());
    assertEquals(1, health.failingStreak());
  }

  @ParameterizedTest
  @CsvSource({
    // start period, probes, seconds since the start, seconds until the next probe
    "0, '',  0, 10",
    "5, '',  0, 2",
    "5, '-', 4, 2",
    "5, '-', 5, 10",
    "5, '+', 1, 10",
    "5, '',  60, 10",
  })
  void theNextProbe(int startPeriod, String probes, int since, int wait) {
    HealthSpec spec = spec(startPeriod, 3);
    assertEquals(
        Duration.ofSeconds(wait),
        after(probes, spec).untilNext(spec, STARTED, STARTED.plusSeconds(since)));
  }
}
