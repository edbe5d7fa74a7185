package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.time.Duration;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is waited for, before any container is asked. */
class ReadinessTest {
  private static ReadinessCondition only(Readiness readiness) {
    assertEquals(1, readiness.conditions().size());
    return readiness.conditions().get(0);
  }

  private static String missing(Readiness readiness) {
    return only(readiness).on(null).missing();
  }

  @Test
  void startedWaitsForNothing() {
    assertEquals(List.of(), Readiness.started().conditions());
    assertEquals(Duration.ofSeconds(60), Readiness.started().limit());
  }

  @Test
  void eachSaysWhatIsMissingBeforeItWasAsked() {
    assertEquals(
        "nothing in it listens on port 80/tcp of another address than loopback",
        missing(Readiness.listening(80)));
    assertEquals(
        "GET /health on port 8080/tcp is not answered with 204: not asked yet",
        missing(Readiness.http(8080, "/health", 204)));
    assertEquals("it has no health check", missing(Readiness.healthy()));
    assertEquals(
        "\"pg_isready -q\" does not succeed in it: not run yet",
        missing(Readiness.exec("pg_isready", "-q")));
    assertEquals("it has not ended with exit code 0", missing(Readiness.completed()));
  }

  @Test
  void whatNeedsARunningContainerDoesNotHoldOfOneThatEnded() {
    for (Readiness readiness :
        List.of(
            Readiness.listening(80),
            Readiness.http(80, "/"),
            Readiness.healthy(),
            Readiness.exec("true"))) {
      assertFalse(only(readiness).on(null).holdsAtEnd());
    }
  }

  @Test
  void httpExpects200WhereNothingIsSaid() {
    assertEquals(
        new ReadinessCondition.Http(Port.tcp(80), "/", 200), only(Readiness.http(80, "/")));
  }

  @Test
  void aLineOfTheLogIsWaitedForOnce() {
    ReadinessCondition.Log log = (ReadinessCondition.Log) only(Readiness.log("re.dy"));
    assertEquals(1, log.times());
    assertEquals("re.dy", log.pattern().pattern());
    assertEquals(3, ((ReadinessCondition.Log) only(Readiness.log("x", 3))).times());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[a", "*", "a{2,1}"})
  void aBrokenPatternIsRefusedWhereItIsSaid(String regex) {
    assertThrows(PatternSyntaxException.class, () -> Readiness.log(regex));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void aPortOutOfRangeIsRefusedWhereItIsSaid(int port) {
    assertThrows(InvalidArgument.class, () -> Readiness.listening(port));
    assertThrows(InvalidArgument.class, () -> Readiness.http(port, "/"));
  }

  @Test
  void conditionsAddUpInOrder() {
    Readiness all = Readiness.listening(1).and(Readiness.listening(2).and(Readiness.healthy()));
    assertEquals(
        List.of(
            new ReadinessCondition.Listening(Port.tcp(1)),
            new ReadinessCondition.Listening(Port.tcp(2)),
            new ReadinessCondition.Healthy()),
        all.conditions());
    assertEquals(
        all.conditions(), Readiness.started().and(all).and(Readiness.started()).conditions());
  }

  @Test
  void theLongerLimitCounts() {
    Readiness slow = Readiness.healthy().within(Duration.ofMinutes(5));
    Readiness quick = Readiness.listening(1).within(Duration.ofSeconds(1));
    assertEquals(Duration.ofMinutes(5), slow.and(quick).limit());
    assertEquals(Duration.ofMinutes(5), quick.and(slow).limit());
    assertEquals(Duration.ofSeconds(60), quick.and(Readiness.started()).limit());
    assertEquals(Duration.ofSeconds(1), slow.and(slow).within(Duration.ofSeconds(1)).limit());
    assertEquals(Duration.ofMinutes(5), slow.limit(), "what it is made of stays as it is");
  }
}
