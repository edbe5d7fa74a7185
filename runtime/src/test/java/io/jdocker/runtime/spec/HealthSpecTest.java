package io.jdocker.runtime.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HealthSpecTest {
  private static HealthSpec test(String... words) {
    return new HealthSpec(List.of(words), 0, 0, 0, 0, 0, List.of());
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of(List.of("CMD", "curl", "-f", "x"), List.of(), List.of("curl", "-f", "x")),
        Arguments.of(List.of("CMD-SHELL", "a | b"), List.of(), List.of("/bin/sh", "-c", "a | b")),
        Arguments.of(
            List.of("CMD-SHELL", "a | b"),
            List.of("/bin/ash", "-ec"),
            List.of("/bin/ash", "-ec", "a | b")),
        Arguments.of(List.of("CMD", "true"), List.of("/bin/ash", "-c"), List.of("true")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theCommandLine(List<String> words, List<String> shell, List<String> argv) {
    assertEquals(argv, new HealthSpec(words, 0, 0, 0, 0, 0, shell).command());
  }

  @Test
  void nothingIsProbedWithoutACommand() {
    assertEquals(false, test().isOn());
    assertEquals(false, test("NONE").isOn());
    assertEquals(true, test("CMD", "true").isOn());
  }

  @Test
  void whatIsNotSetIsDockersDefault() {
    HealthSpec spec = test("CMD", "true");
    assertEquals(Duration.ofSeconds(30), spec.effectiveInterval());
    assertEquals(Duration.ofSeconds(30), spec.effectiveTimeout());
    assertEquals(Duration.ZERO, spec.effectiveStartPeriod());
    assertEquals(Duration.ofSeconds(5), spec.effectiveStartInterval());
    assertEquals(3, spec.effectiveRetries());
  }

  @Test
  void whatIsSetIsTaken() {
    HealthSpec spec = new HealthSpec(List.of("CMD", "true"), 1, 2, 3, 4, 5, List.of());
    assertEquals(Duration.ofNanos(1), spec.effectiveInterval());
    assertEquals(Duration.ofNanos(2), spec.effectiveTimeout());
    assertEquals(Duration.ofNanos(3), spec.effectiveStartPeriod());
    assertEquals(Duration.ofNanos(4), spec.effectiveStartInterval());
    assertEquals(5, spec.effectiveRetries());
  }
}
