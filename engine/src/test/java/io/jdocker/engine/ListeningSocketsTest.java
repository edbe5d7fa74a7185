package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads /proc/PID/net/tcp as proc(5) has it. */
class ListeningSocketsTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";

  private static String line(String local, String state) {
    return "   0: " + local + " 00000000:0000 " + state + " 00000000:00000000 00:00000000";
  }

  @Test
  void onlyWhatListensCounts() {
    assertEquals(
        Set.of(5432),
        ListeningSockets.parse(
            List.of(HEADER, line("00000000:1538", "0A"), line("020011AC:1F90", "01"))));
  }

  @Test
  void loopbackIsReachedByNobodyElse() {
    assertEquals(
        Set.of(80),
        ListeningSockets.parse(
            List.of(
                HEADER,
                line("0100007F:1F90", "0A"),
                line("00000000000000000000000001000000:1F91", "0A"),
                line("00000000000000000000000000000000:0050", "0A"))));
  }

  @Test
  void aProcessThatIsGoneListensNowhere() {
    assertEquals(Set.of(), ListeningSockets.of(0));
  }
}
