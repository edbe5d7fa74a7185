package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static SystemFailure failure(RuntimeException cause) {
    Supplier<String> work =
        () -> {
          throw cause;
        };
    return assertThrows(SystemFailure.class, () -> Refusals.named("do it", work));
  }

  @Test
  void theKernelsRefusalSaysWhatItWasForAndWhatToDo() {
    assertEquals(
        "cannot do it: ip link add br0: EPERM (Operation not permitted): the engine must run as"
            + " root",
        failure(new SyscallException("ip link add br0", Errno.EPERM.intValue())).getMessage());
  }

  @Test
  void aFullDiskIsNamed() {
    assertEquals(
        "cannot do it: No space left on device",
        failure(new UncheckedIOException(new IOException("No space left on device"))).getMessage());
  }

  @Test
  void otherErrorsPassAndResultsComeBack() {
    assertEquals("done", Refusals.named("do it", () -> "done"));
    assertThrows(
        Conflict.class,
        () ->
            Refusals.named(
                "do it",
                () -> {
                  throw new Conflict("taken");
                }));
  }
}
