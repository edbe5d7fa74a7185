package io.jdocker.daemon.containers;

import io.jdocker.runtime.container.ContainerState;
import io.jdocker.runtime.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;

/** The STATUS column of {@code docker ps}: {@code Up 2 minutes}, {@code Exited (0) 1 hour ago}. */
final class StatusText {
  private StatusText() {}

  static String of(ContainerState state, Instant now) {
    return switch (state.status()) {
      case CREATED -> "Created";
      case RUNNING -> "Up " + rough(Duration.between(state.startedAt(), now)) + health(state);
      case PAUSED -> "Up " + rough(Duration.between(state.startedAt(), now)) + " (Paused)";
      case RESTARTING -> "Restarting (" + ended(state, now);
      case REMOVING -> "Removal In Progress";
      case EXITED -> "Exited (" + ended(state, now);
      case DEAD -> "Dead";
    };
  }

  private static String health(ContainerState state) {
    return state
        .health()
        .map(
            health ->
                health.status() == HealthStatus.STARTING
                    ? " (health: starting)"
                    : " (" + health.status().apiName() + ")")
        .orElse("");
  }

  private static String ended(ContainerState state, Instant now) {
    return state.exitCode() + ") " + rough(Duration.between(state.finishedAt(), now)) + " ago";
  }

  /** A duration as people say it, with the limits that Docker has. */
  static String rough(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    }
    long minutes = time.toMinutes();
    if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    }
    long hours = Math.round(time.toSeconds() / 3600.0);
    if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    } else if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    } else if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return hours / 24 / 365 + " years";
  }
}
