package io.jdocker.linux.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SamplesTest {
  private final Samples samples = new Samples();

  @Test
  void theMedianIsTheMiddleOne() {
    add(9, 1, 5);
    assertEquals(5, samples.median());
    assertEquals(9, samples.quantile(1));
    assertEquals(1, samples.quantile(0));
  }

  @Test
  void aSliceKeepsTheOrderOfAdding() {
    add(9, 1, 5, 7);
    assertEquals(1, samples.slice(1, 3).median());
    assertEquals(2, samples.slice(1, 3).count());
  }

  @Test
  void theSumIsInSeconds() {
    add(400, 600);
    assertEquals(1, samples.sumSeconds(), 1e-9);
  }

  private void add(int... millis) {
    for (int duration : millis) {
      samples.add(duration * 1_000_000L);
    }
  }
}
