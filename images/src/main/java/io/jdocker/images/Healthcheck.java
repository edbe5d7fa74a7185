package io.jdocker.images;

import java.util.List;

/**
 * How an image says its containers are probed. Durations are nanoseconds; 0 means the default.
 *
 * @param test empty to inherit; else {@code NONE}, {@code CMD args..} or {@code CMD-SHELL line}
 * @param retries failures in a row that make it unhealthy; 0 means the default
 */
public record Healthcheck(
    List<String> test,
    long interval,
    long timeout,
    long startPeriod,
    long startInterval,
    int retries) {
  public Healthcheck {
    test = List.copyOf(test);
  }
}
