package io.jdocker.linux.seccomp;

/**
 * A compiled filter, ready for seccomp(SECCOMP_SET_MODE_FILTER, flags, sock_fprog). Immutable: the
 * arrays handed out are copies.
 */
public final class SeccompFilter {
  /** sizeof(struct sock_filter). */
  public static final int INSTRUCTION_SIZE = 8;

  private final byte[] program;
  private final int flags;

  /**
   * A filter.
   *
   * @param program struct sock_filter after struct sock_filter
   * @param flags SECCOMP_FILTER_FLAG_ bits
   */
  public SeccompFilter(byte[] program, int flags) {
    this.program = program.clone();
    this.flags = flags;
  }

  /** The array of struct sock_filter, in this machine's byte order. */
  public byte[] program() {
    return program.clone();
  }

  /** How many instructions: sock_fprog.len. */
  public int length() {
    return program.length / INSTRUCTION_SIZE;
  }

  /** SECCOMP_FILTER_FLAG_ bits: the flags operand of seccomp(2). */
  public int flags() {
    return flags;
  }
}
