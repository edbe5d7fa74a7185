package io.jdocker.runtime.health;

import java.util.Locale;

/** How a container that is probed is. */
public enum HealthStatus {
  /** No probe has succeeded since the start, and not yet too many have failed. */
  STARTING,
  HEALTHY,
  UNHEALTHY;

  /** As the API writes it: {@code healthy}. */
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
