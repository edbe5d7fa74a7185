package io.jdocker.linux;

/**
 * What jdocker takes from libc, one to one. Every parameter is a long: jnr-ffi's x86-64 stub passes
 * a sixth argument wrongly when a signature mixes int and long.
 */
public interface LibC {
  /** syscall(2): the call by number. Returns -1 and sets errno on failure. */
  long syscall(long number, long a, long b, long c, long d, long e, long f);

  /** clone(2), the libc wrapper: {@code function(argument)} runs in the child on {@code stack}. */
  long clone(long function, long stack, long flags, long argument);
}
