package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

final class SyscallExceptionTest {
  @Test
  void itNamesTheCallAndTheErrno() {
    SyscallException e = new SyscallException("mkdirat(3, \"etc\", 0755)", 17);
    assertEquals("mkdirat(3, \"etc\", 0755): EEXIST (File exists)", e.getMessage());
    assertEquals("mkdirat(3, \"etc\", 0755)", e.call());
    assertEquals(17, e.errno());
    assertTrue(e.is(Errno.EEXIST));
    assertFalse(e.is(Errno.ENOENT));
  }

  @Test
  void theKernelsOwnExplanationFollows() {
    assertEquals(
        "RTM_NEWLINK: EINVAL (Invalid argument): Unknown device type",
        new SyscallException("RTM_NEWLINK", 22, "Unknown device type").getMessage());
  }

  @Test
  void anErrnoWithoutANameIsANumber() {
    assertEquals("errno 4000", SyscallException.describe(4000));
    assertEquals("x(): errno 4000", new SyscallException("x()", 4000).getMessage());
  }
}
