package io.jdocker.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and durations in docker's words. */
class HumanTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1, 1B",
    "999, 999B",
    "1000, 1kB",
    "1234, 1.23kB",
    "1982464, 1.98MB",
    "999500, 1e+03kB",
    "1500000000, 1.5GB",
    "123456789012, 123GB",
    "9223372036854775807, 9.22EB"
  })
  void sizesHaveThreeDigits(long bytes, String text) {
    assertEquals(text, HumanSize.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({"1982464, 1.982MB", "10, 10B", "123456, 123.5kB"})
  void reclaimedSpaceHasFour(long bytes, String text) {
    assertEquals(text, HumanSize.of(bytes, 4));
  }

  @ParameterizedTest
  @CsvSource({"0, 0B", "1024, 1KiB", "25276100608, 23.54GiB", "1048576, 1MiB"})
  void memoryHasBinaryUnits(long bytes, String text) {
    assertEquals(text, HumanSize.binary(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0, Less than a second", "1, 1 second", "59, 59 seconds", "60, About a minute",
    "119, About a minute", "120, 2 minutes", "3599, 59 minutes", "3600, About an hour",
    "5399, About an hour", "5400, 2 hours", "172799, 2 days", "172000, 2 days",
    "100000, 28 hours", "172800, 2 days", "1209599, 2 weeks", "1209600, 2 weeks",
    "5184000, 2 months", "31536000, 12 months", "63072000, 2 years"
  })
  void durationsHaveOneUnit(long seconds, String text) {
    assertEquals(text, HumanDuration.of(Duration.ofSeconds(seconds)));
  }

  @Test
  void timesPastEndWithAgo() {
    Instant now = Instant.ofEpochSecond(1_000_000);
    assertEquals("2 minutes ago", HumanDuration.ago(now.minusSeconds(130), now));
  }
}
