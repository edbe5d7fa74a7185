package io.jdocker.runtime.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.RestartPolicy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestartPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "'',             0, NO,             0",
    // Docker before 25 wrote an empty name with any count
    "'',             7, NO,             0",
    "no,             0, NO,             0",
    "always,         0, ALWAYS,         0",
    "unless-stopped, 0, UNLESS_STOPPED, 0",
    "on-failure,     0, ON_FAILURE,     0",
    "on-failure,     5, ON_FAILURE,     5",
  })
  void itIsRead(String name, int count, Mode mode, int maximum) {
    assertEquals(new RestartPolicy(mode, maximum), RestartPolicy.parse(name, count));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "often      |  0 | unknown policy 'often'; use one of 'no', 'always', 'on-failure', or"
            + " 'unless-stopped'",
        "Always     |  0 | unknown policy 'Always'; use one of 'no', 'always', 'on-failure', or"
            + " 'unless-stopped'",
        "on-failure | -1 | maximum retry count cannot be negative",
        "always     |  1 | maximum retry count can only be used with 'on-failure'",
        "no         |  2 | maximum retry count can only be used with 'on-failure'",
        "unless-stopped | -3 | maximum retry count can only be used with 'on-failure' and cannot"
            + " be negative",
      })
  void whatIsWrongIsSaid(String name, int count, String why) {
    String message =
        assertThrows(InvalidArgument.class, () -> RestartPolicy.parse(name, count)).getMessage();
    assertEquals("invalid restart policy: " + why, message);
  }

  @Test
  void onlyNoIsNone() {
    assertTrue(RestartPolicy.none().isNone());
    assertFalse(RestartPolicy.parse("on-failure", 0).isNone());
  }
}
