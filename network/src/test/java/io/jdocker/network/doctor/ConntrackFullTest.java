package io.jdocker.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limit is the whole machine's, so a test does not touch it: the judgement is tested. */
class ConntrackFullTest {
  @ParameterizedTest
  @CsvSource({
    "0, 262144, 0",
    "235929, 262144, 0",
    "235930, 262144, 1",
    "262144, 262144, 1",
    "9, 10, 1",
    "8, 10, 0",
    "5, 0, 0", // no limit
  })
  void fromNineTenthsOnItIsNearlyFull(long count, long most, int findings) {
    assertEquals(findings, ConntrackFull.judge(count, most).size());
  }
}
