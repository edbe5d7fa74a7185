package io.jdocker.linux.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Sys;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SyscallTableTest {
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void theCallsThatJdockerMakesHaveTheSameNumbersHere(Architecture architecture) {
    SyscallTable table = SyscallTable.load(SyscallAbi.of(architecture));
    for (Sys call : Sys.values()) {
      OptionalInt number = table.number(call.callName());
      assertEquals(
          OptionalInt.of(call.number(architecture)), number, architecture + " " + call.callName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void callsSinceLinux51HaveOneNumberEverywhere(SyscallAbi abi) {
    SyscallTable table = SyscallTable.load(abi);
    assertEquals(OptionalInt.of(435), table.number("clone3"));
    assertEquals(OptionalInt.of(462), table.number("mseal"));
    assertEquals(OptionalInt.of(466), table.number("removexattrat"));
  }

  @ParameterizedTest
  @EnumSource
  void noNumberHasTwoNames(SyscallAbi abi) {
    var numbers = SyscallTable.load(abi).numbers();
    assertTrue(numbers.size() > 300);
    assertEquals(numbers.size(), numbers.values().stream().distinct().count());
  }

  @Test
  void anUnknownNameHasNoNumber() {
    assertEquals(OptionalInt.empty(), SyscallTable.load(SyscallAbi.X86_64).number("socketcall"));
  }
}
