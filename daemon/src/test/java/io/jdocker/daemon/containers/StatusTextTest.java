package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.runtime.container.ContainerState;
import io.jdocker.runtime.health.Health;
import io.jdocker.runtime.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({
    "0, Less than a second",
    "1, 1 second",
    "59, 59 seconds",
    "60, About a minute",
    "120, 2 minutes",
    "3599, 59 minutes",
    "3600, About an hour",
    "10800, 3 hours",
    "172800, 2 days",
    "1209600, 2 weeks",
    "5184000, 2 months",
    "63072000, 2 years",
  })
  void durationsAsPeopleSayThem(long seconds, String expected) {
    assertEquals(expected, StatusText.rough(Duration.ofSeconds(seconds)));
  }

  @Test
  void aLifeInWords() {
    ContainerState created = ContainerState.created();
    assertEquals("Created", StatusText.of(created, NOW));
    ContainerState running = created.running(10, 9, NOW.minusSeconds(130));
    assertEquals("Up 2 minutes", StatusText.of(running, NOW));
    ContainerState exited = running.exited(137, false, NOW.minusSeconds(1));
    assertEquals("Exited (137) 1 second ago", StatusText.of(exited, NOW));
    assertEquals("Removal In Progress", StatusText.of(exited.removing(), NOW));
    assertEquals("Restarting (137) 1 second ago", StatusText.of(exited.restarting(), NOW));
    assertEquals("Up 2 minutes (Paused)", StatusText.of(running.paused(), NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "STARTING, Up 2 minutes (health: starting)",
    "HEALTHY, Up 2 minutes (healthy)",
    "UNHEALTHY, Up 2 minutes (unhealthy)",
  })
  void healthIsShownWhileItRuns(HealthStatus status, String text) {
    ContainerState state =
        ContainerState.created()
            .running(10, 9, NOW.minusSeconds(130))
            .withHealth(Optional.of(new Health(status, 0, List.of())));
    assertEquals(text, StatusText.of(state, NOW));
    assertEquals("Up 2 minutes (Paused)", StatusText.of(state.paused(), NOW));
    assertEquals(
        "Exited (0) 5 seconds ago",
        StatusText.of(state.exited(0, false, NOW.minusSeconds(5)), NOW));
  }
}
