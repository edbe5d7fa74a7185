package io.jdocker.compose.model;

import java.time.Duration;
import java.util.List;

/**
 * A probe. Zero means the image's or the engine's value.
 *
 * @param test {@code NONE} alone turns the image's probe off; empty: the image's
 */
public record HealthCheck(
    List<String> test,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {}
