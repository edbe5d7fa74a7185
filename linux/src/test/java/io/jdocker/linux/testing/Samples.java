package io.jdocker.linux.testing;

import java.util.ArrayList;
import java.util.List;

/** Durations, for benchmarks. Thread-safe. */
public final class Samples {
  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Long> nanos = new ArrayList<>();

  public synchronized void add(long durationNanos) {
    nanos.add(durationNanos);
  }

  public synchronized int count() {
    return nanos.size();
  }

  /** The given part of them is at most this long, in milliseconds: 0.5 is the median. */
  public synchronized double quantile(double part) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) ((sorted.size() - 1) * part)) / NANOS_PER_MILLI;
  }

  /** In milliseconds. */
  public double median() {
    return quantile(0.5);
  }

  /** All of them together, in seconds. */
  public synchronized double sumSeconds() {
    return nanos.stream().mapToLong(Long::longValue).sum() / 1e9;
  }

  /** Those from one position to before another, in the order they were added. */
  public synchronized Samples slice(int from, int to) {
    Samples part = new Samples();
    nanos.subList(from, to).forEach(part::add);
    return part;
  }
}
