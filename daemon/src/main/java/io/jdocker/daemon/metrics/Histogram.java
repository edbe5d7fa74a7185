package io.jdocker.daemon.metrics;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Durations, counted by upper bounds. Thread-safe. */
final class Histogram {
  /** Seconds; a start takes some ten milliseconds, a stage of it one. */
  private static final double[] BOUNDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final double NANOS = 1e9;

  private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  Histogram() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void add(long durationNanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && durationNanos / NANOS > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    nanos.add(durationNanos);
  }

  /**
   * Writes its lines.
   *
   * @param label {@code stage="launch"}
   */
  void write(StringBuilder page, String name, String label) {
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      String bound = i < BOUNDS.length ? number(BOUNDS[i]) : "+Inf";
      page.append(name + "_bucket{" + label + ",le=\"" + bound + "\"} " + count + "\n");
    }
    page.append(name + "_sum{" + label + "} " + number(nanos.sum() / NANOS) + "\n");
    page.append(name + "_count{" + label + "} " + count + "\n");
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.9f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}
