package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wrong number makes another call than the one written: the table is held against the facts. */
final class SysTest {
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void noTwoCallsShareANumber(Architecture architecture) {
    Set<Integer> numbers =
        Arrays.stream(Sys.values()).map(s -> s.number(architecture)).collect(Collectors.toSet());
    assertEquals(Sys.values().length, numbers.size());
  }

  /** From pidfd_send_signal on, all architectures number calls alike. */
  @Test
  void callsSinceLinux51HaveOneNumberEverywhere() {
    for (Sys call : Sys.values()) {
      int x86 = call.number(Architecture.X86_64);
      int arm = call.number(Architecture.AARCH64);
      assertEquals(x86 >= 424, x86 == arm, call::callName);
      assertTrue(arm < 300 || arm >= 424, call::callName);
    }
  }

  @Test
  void namesAreThoseOfTheManual() {
    assertEquals("openat2", Sys.OPENAT2.callName());
    assertEquals("rt_sigprocmask", Sys.RT_SIGPROCMASK.callName());
  }
}
