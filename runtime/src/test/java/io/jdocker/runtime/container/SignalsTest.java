package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignalsTest {
  /** The numbers of signal(7), x86 and ARM. */
  @ParameterizedTest
  @CsvSource({
    "TERM, 15",
    "SIGTERM, 15",
    "sigterm, 15",
    "term, 15",
    "' KILL ', 9",
    "HUP, 1",
    "INT, 2",
    "QUIT, 3",
    "USR1, 10",
    "USR2, 12",
    "CHLD, 17",
    "CONT, 18",
    "STOP, 19",
    "WINCH, 28",
    "IO, 29",
    "POLL, 29",
    "SIGPOLL, 29",
    "PWR, 30",
    "SYS, 31",
    "1, 1",
    "9, 9",
    "09, 9",
    "64, 64",
    "RTMIN, 34",
    "SIGRTMIN, 34",
    "RTMIN+0, 34",
    "RTMIN+3, 37",
    "RTMIN+30, 64",
    "RTMAX, 64",
    "RTMAX-14, 50",
    "SIGRTMAX-30, 34"
  })
  void aNameOrANumber(String text, int number) {
    assertEquals(number, Signals.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "65",
        "-1",
        "+9",
        "100",
        "9999999999",
        "FOO",
        "SIG",
        "SIGSIGTERM",
        "RTMIN+31",
        "RTMIN-1",
        "RTMAX-31",
        "RTMAX+1",
        "RTMIN+",
        "RT",
        "NSIG",
        "TERM 9",
        "1 5"
      })
  void anythingElseIsRefusedAsItWasWritten(String text) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> Signals.parse(text));
    assertEquals("Invalid signal: " + text, e.getMessage());
  }
}
