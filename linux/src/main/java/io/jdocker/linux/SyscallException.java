package io.jdocker.linux;

import jnr.constants.platform.Errno;

/**
 * A system call that the kernel refused. The message names the call, its operands and the errno, in
 * the form {@code mkdirat(3, "etc", 0755): EEXIST (File exists)}.
 */
public final class SyscallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;

  public SyscallException(String call, int errno) {
    this(call, errno, "");
  }

  /**
   * A refusal that the kernel explains in its own words, as netlink does (NETLINK_EXT_ACK).
   *
   * @param explanation empty text where it gave none
   */
  public SyscallException(String call, int errno, String explanation) {
    super(call + ": " + describe(errno) + (explanation.isEmpty() ? "" : ": " + explanation));
    this.call = call;
    this.errno = errno;
  }

  /** The errno's name and text: {@code ENOENT (No such file or directory)}. */
  public static String describe(int errno) {
    Errno known = Errno.valueOf(errno);
    return known == Errno.__UNKNOWN_CONSTANT__
        ? "errno " + errno
        : known.name() + " (" + known.description() + ")";
  }

  /** The call with its operands, as a person would write it. */
  public String call() {
    return call;
  }

  public int errno() {
    return errno;
  }

  /** True when the kernel's answer was the given errno. */
  public boolean is(Errno expected) {
    return errno == expected.intValue();
  }
}
