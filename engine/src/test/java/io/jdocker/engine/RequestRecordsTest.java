package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.NetworkSpec;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.stdio.LogQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The small requests: health checks, logs, networks, limits, mounts, and what is told of events.
 */
class RequestRecordsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  @Test
  void aHealthCheckIsACommandWithDockersTimes() {
    HealthSpec spec = HealthCheck.command("pg_isready", "-q").spec();
    assertEquals(List.of("CMD", "pg_isready", "-q"), spec.test());
    assertEquals(List.of("pg_isready", "-q"), spec.command());
    assertTrue(spec.isOn());
    assertEquals(Duration.ofSeconds(30), spec.effectiveInterval());
    assertEquals(Duration.ofSeconds(30), spec.effectiveTimeout());
    assertEquals(Duration.ZERO, spec.effectiveStartPeriod());
    assertEquals(3, spec.effectiveRetries());
  }

  @Test
  void aHealthChecksTimesReachTheEngine() {
    HealthSpec spec =
        HealthCheck.command("true")
            .every(Duration.ofMillis(50))
            .withTimeout(Duration.ofSeconds(2))
            .withStartPeriod(Duration.ofMinutes(1))
            .withRetries(7)
            .spec();
    assertEquals(50_000_000L, spec.interval());
    assertEquals(2_000_000_000L, spec.timeout());
    assertEquals(60_000_000_000L, spec.startPeriod());
    assertEquals(
        Duration.ofMillis(50), spec.effectiveStartInterval(), "the rhythm does not change");
    assertEquals(7, spec.effectiveRetries());
  }

  @Test
  void aCommandNamedNoneIsACommand() {
    assertTrue(HealthCheck.command("NONE").spec().isOn());
  }

  @Test
  void aLogRequestIsForAllThatIsThere() {
    assertEquals(
        new LogQuery(
            true,
            true,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            false,
            false,
            false),
        LogRequest.everything().query());
  }

  @Test
  void everyWishForALogReachesTheQuery() {
    LogQuery query =
        LogRequest.everything().withTail(5).since(NOON).withTimestamps().following().query();
    assertEquals(
        new LogQuery(
            true, true, Optional.of(NOON), Optional.empty(), OptionalLong.of(5), true, false, true),
        query);
  }

  @Test
  void oneOutputAloneIsTheLastOneNamed() {
    LogRequest out = LogRequest.everything().onlyStdout();
    assertTrue(out.stdout());
    assertFalse(out.stderr());
    LogRequest err = out.onlyStderr();
    assertFalse(err.stdout());
    assertTrue(err.stderr());
    assertEquals(OptionalLong.of(0), err.withTail(0).query().tail(), "nothing old, not all of it");
  }

  @Test
  void aNetworkIsABridge() {
    NetworkSpec spec = NetworkRequest.named("n").spec();
    assertEquals("n", spec.name());
    assertEquals("bridge", spec.driver());
    assertEquals(Optional.empty(), spec.subnet());
    assertFalse(spec.internal());
    assertEquals(Map.of(), spec.labels());
  }

  @Test
  void everyWishForANetworkReachesTheEngine() {
    NetworkRequest request =
        NetworkRequest.named("n")
            .withSubnet("10.5.0.0/24")
            .closed()
            .withLabel("a", "1")
            .withLabel("b", "2")
            .withLabel("a", "3");
    NetworkSpec spec = request.spec();
    assertEquals(Optional.of("10.5.0.0/24"), spec.subnet());
    assertTrue(spec.internal());
    assertEquals(Map.of("a", "3", "b", "2"), spec.labels());
    assertEquals(Optional.empty(), request.withSubnet("").spec().subnet(), "the engine chooses");
  }

  @Test
  void aJoinKeepsItsAliases() {
    NetworkJoin join = NetworkJoin.of("n", "a", "b");
    assertEquals(new NetworkJoin("n", List.of("a", "b"), ""), join);
    assertEquals(new NetworkJoin("n", List.of("a", "b"), "10.1.1.1"), join.withAddress("10.1.1.1"));
    assertThrows(UnsupportedOperationException.class, () -> join.aliases().add("c"));
    assertThrows(NullPointerException.class, () -> NetworkJoin.of("n", "a", null));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.1, 100000000",
    "0.5, 500000000",
    "0.333333333, 333333333",
    "0.29, 290000000",
    "2, 2000000000",
    "64, 64000000000",
  })
  void processorsAreRoundedToNanos(double cpus, long nanos) {
    assertEquals(nanos, ResourceLimits.none().withCpus(cpus).spec().cpu().nanoCpus());
  }

  @Test
  void limitsAreIndependent() {
    ResourceLimits limits = ResourceLimits.none().withMemory(1).withCpus(2).withPids(3);
    assertEquals(new ResourceLimits(1, 2, 3), limits);
    assertEquals(new ResourceLimits(0, 2, 3), limits.withMemory(0));
    assertEquals(new ResourceLimits(1, 0, 3), limits.withCpus(0));
    assertEquals(new ResourceLimits(1, 2, 0), limits.withPids(0));
  }

  @Test
  void aMountThatMayNotBeWrittenIsTheSameOtherwise() {
    Mount bind = Mount.bind(Path.of("/a"), "/b");
    assertEquals(new Mount.Bind(Path.of("/a"), "/b", true), bind.readOnly());
    assertEquals(bind.readOnly(), bind.readOnly().readOnly());
    assertEquals(new Mount.Named("v", "/b", true), Mount.volume("v", "/b").readOnly());
    assertEquals(new Mount.Tmpfs("/t", 4096, true), Mount.tmpfs("/t").withSize(4096).readOnly());
    assertEquals("/t", Mount.tmpfs("/t").target());
  }

  @ParameterizedTest
  @EnumSource(Event.Type.class)
  void everyKindOfEventIsTold(Event.Type type) {
    EngineEvent told = EngineEvent.of(new Event(type, "create", "id", Map.of("name", "web"), NOON));
    assertEquals(type.name(), told.kind().name());
    assertEquals("create", told.action());
    assertEquals("id", told.id());
    assertEquals(Map.of("name", "web"), told.attributes());
    assertEquals(NOON, told.time());
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false", "-1, false", "137, false"})
  void zeroAloneIsSuccess(int code, boolean succeeded) {
    assertEquals(succeeded, new ProcessResult(code, "", "").succeeded());
  }
}
