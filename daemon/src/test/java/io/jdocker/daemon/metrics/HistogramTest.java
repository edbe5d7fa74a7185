package io.jdocker.daemon.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Buckets as Prometheus wants them: each holds all that is not longer. */
class HistogramTest {
  private static List<String> lines(Histogram histogram) {
    StringBuilder page = new StringBuilder();
    histogram.write(page, "x_seconds", "stage=\"s\"");
    return page.toString().lines().toList();
  }

  @Test
  void nothingIsZeroEverywhere() {
    for (String line : lines(new Histogram())) {
      assertTrue(line.endsWith(" 0"), line);
    }
  }

  @Test
  void bucketsAddUp() {
    Histogram histogram = new Histogram();
    histogram.add(TimeUnit.MICROSECONDS.toNanos(500)); // on the first bound: below it
    histogram.add(TimeUnit.MICROSECONDS.toNanos(501));
    histogram.add(TimeUnit.MILLISECONDS.toNanos(40));
    histogram.add(TimeUnit.SECONDS.toNanos(60));
    List<String> lines = lines(histogram);
    assertEquals("x_seconds_bucket{stage=\"s\",le=\"0.0005\"} 1", lines.get(0));
    assertEquals("x_seconds_bucket{stage=\"s\",le=\"0.001\"} 2", lines.get(1));
    assertEquals("x_seconds_bucket{stage=\"s\",le=\"0.025\"} 2", lines.get(5));
    assertEquals("x_seconds_bucket{stage=\"s\",le=\"0.05\"} 3", lines.get(6));
    assertEquals("x_seconds_bucket{stage=\"s\",le=\"10\"} 3", lines.get(13));
    assertEquals("x_seconds_bucket{stage=\"s\",le=\"+Inf\"} 4", lines.get(14));
    assertEquals("x_seconds_sum{stage=\"s\"} 60.041001", lines.get(15));
    assertEquals("x_seconds_count{stage=\"s\"} 4", lines.get(16));
  }
}
