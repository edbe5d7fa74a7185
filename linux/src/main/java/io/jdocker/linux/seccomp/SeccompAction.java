package io.jdocker.linux.seccomp;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;

/**
 * What the kernel does with a system call.
 *
 * @param value the filter's return value: a SECCOMP_RET_ action in the high half, its data (an
 *     errno for ERRNO, a message for TRACE) in the low half
 */
public record SeccompAction(int value) {
  public static final SeccompAction ALLOW = new SeccompAction(0x7fff0000);
  public static final SeccompAction LOG = new SeccompAction(0x7ffc0000);
  public static final SeccompAction TRAP = new SeccompAction(0x00030000);
  public static final SeccompAction KILL_THREAD = new SeccompAction(0x00000000);
  public static final SeccompAction KILL_PROCESS = new SeccompAction(0x80000000);

  private static final int RET_ERRNO = 0x00050000;
  private static final int RET_TRACE = 0x7ff00000;
  private static final int ACTION_MASK = 0xffff0000;

  /** The largest errno the kernel passes on; it cuts larger ones to this (MAX_ERRNO). */
  private static final int MAX_ERRNO = 4095;

  private static final int MAX_DATA = 0xffff;

  static final int EPERM = 1;
  static final int ENOSYS = 38;

  /** The call fails with that errno. */
  public static SeccompAction errno(int errno) {
    if (errno < 0 || errno > MAX_ERRNO) {
      throw new InvalidArgument("errno " + errno + " is not in 0.." + MAX_ERRNO);
    }
    return new SeccompAction(RET_ERRNO | errno);
  }

  /** A tracer decides; without one the call fails with ENOSYS. */
  public static SeccompAction trace(int message) {
    if (message < 0 || message > MAX_DATA) {
      throw new InvalidArgument("trace message " + message + " is not in 0.." + MAX_DATA);
    }
    return new SeccompAction(RET_TRACE | message);
  }

  /**
   * The action that a profile names.
   *
   * @param name as libseccomp writes it: {@code SCMP_ACT_ERRNO}
   * @param data errno or trace message; other actions carry none
   */
  static SeccompAction parse(String name, int data) {
    return switch (name) {
      case "SCMP_ACT_ALLOW" -> ALLOW;
      case "SCMP_ACT_LOG" -> LOG;
      case "SCMP_ACT_TRAP" -> TRAP;
      case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> KILL_THREAD;
      case "SCMP_ACT_KILL_PROCESS" -> KILL_PROCESS;
      case "SCMP_ACT_ERRNO" -> errno(data);
      case "SCMP_ACT_TRACE" -> trace(data);
      case "SCMP_ACT_NOTIFY" ->
          throw new Unsupported(
              "seccomp action SCMP_ACT_NOTIFY needs a listener, which jdocker does not run");
      default -> throw new InvalidArgument("invalid seccomp action \"" + name + "\"");
    };
  }

  /**
   * True for the actions under which a call may still be made: there ENOSYS for newer calls would
   * be stricter than the profile.
   */
  boolean permits() {
    return equals(ALLOW) || equals(LOG) || (value & ACTION_MASK) == RET_TRACE;
  }
}
