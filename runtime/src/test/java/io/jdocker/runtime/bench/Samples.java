package io.jdocker.runtime.bench;

import java.util.ArrayList;
import java.util.List;

/** Durations in nanoseconds. */
final class Samples {
  private final List<Long> nanos = new ArrayList<>();

  void add(long duration) {
    nanos.add(duration);
  }

  /** The given part of them is at most this long: 0.5 is the median. In milliseconds. */
  double quantile(double part) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((int) ((sorted.size() - 1) * part)) / 1e6;
  }

  double median() {
    return quantile(0.5);
  }
}
