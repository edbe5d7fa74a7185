package io.jdocker.runtime.restart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.runtime.restart.RestartRules.Ended;
import io.jdocker.runtime.restart.RestartRules.Found;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.RestartPolicy.Mode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestartRulesTest {
  @ParameterizedTest
  @CsvSource({
    // policy, maximum, exit code, restarts so far, ended by hand, restarted?
    "NO,             0,   0, 0, false, false",
    "NO,             0, 137, 0, false, false",
    "ALWAYS,         0,   0, 0, false, true",
    "ALWAYS,         0,   1, 9, false, true",
    "ALWAYS,         0, 137, 0, true,  false",
    "UNLESS_STOPPED, 0,   0, 5, false, true",
    "UNLESS_STOPPED, 0, 143, 5, true,  false",
    "ON_FAILURE,     0,   0, 0, false, false",
    "ON_FAILURE,     0,   1, 0, false, true",
    "ON_FAILURE,     0, 255, 99999, false, true",
    "ON_FAILURE,     3,   1, 2, false, true",
    "ON_FAILURE,     3,   1, 3, false, false",
    "ON_FAILURE,     3,   0, 1, false, false",
    "ON_FAILURE,     3,   1, 4, false, false",
    "ON_FAILURE,     3, 137, 0, true,  false",
  })
  void afterAnEnd(
      Mode mode, int maximum, int exitCode, int restarts, boolean byHand, boolean restarted) {
    assertEquals(
        restarted,
        RestartRules.afterExit(
            new RestartPolicy(mode, maximum), new Ended(exitCode, restarts, byHand)));
  }

  @ParameterizedTest
  @CsvSource({
    // policy, maximum, exit code, restarts so far, ended by hand, found, started?
    "NO,             0,   1, 0, false, CUT_SHORT, false",
    "NO,             0,   1, 0, false, WAITING,   false",
    "ALWAYS,         0,   0, 0, false, AT_REST,   true",
    "ALWAYS,         0, 137, 0, true,  AT_REST,   true",
    "ALWAYS,         0, 255, 0, false, CUT_SHORT, true",
    "ALWAYS,         0,   1, 7, false, WAITING,   true",
    "UNLESS_STOPPED, 0,   0, 0, false, AT_REST,   true",
    "UNLESS_STOPPED, 0, 137, 0, true,  AT_REST,   false",
    "UNLESS_STOPPED, 0, 255, 0, false, CUT_SHORT, true",
    "UNLESS_STOPPED, 0, 137, 0, true,  CUT_SHORT, false",
    "UNLESS_STOPPED, 0,   1, 7, false, WAITING,   true",
    "ON_FAILURE,     0,   1, 0, false, AT_REST,   false",
    "ON_FAILURE,     0, 137, 0, true,  AT_REST,   false",
    "ON_FAILURE,     0,   0, 0, false, CUT_SHORT, false",
    "ON_FAILURE,     0,   1, 0, false, CUT_SHORT, true",
    "ON_FAILURE,     2,   1, 2, false, CUT_SHORT, false",
    "ON_FAILURE,     0, 137, 0, true,  CUT_SHORT, false",
    // the restart that is waited for is the last of two, and counted already
    "ON_FAILURE,     2,   1, 2, false, WAITING,   true",
    "ON_FAILURE,     2,   1, 2, true,  WAITING,   false",
  })
  void whenAnEngineStarts(
      Mode mode,
      int maximum,
      int exitCode,
      int restarts,
      boolean byHand,
      Found found,
      boolean started) {
    assertEquals(
        started,
        RestartRules.atEngineStart(
            new RestartPolicy(mode, maximum), new Ended(exitCode, restarts, byHand), found));
  }
}
