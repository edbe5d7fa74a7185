package io.jdocker.linux;

/** bpf(2): loads programs and attaches them to cgroups. */
public final class BpfCalls {
  /** A program that is asked whether a device may be opened or made (Linux 4.15). */
  public static final int PROG_TYPE_CGROUP_DEVICE = 15;

  /** The place where such a program is attached. */
  public static final int ATTACH_CGROUP_DEVICE = 6;

  private static final int BPF_PROG_LOAD = 5;
  private static final int BPF_PROG_ATTACH = 8;

  /** Programs of cgroups above are asked too, and all must agree. */
  private static final int BPF_F_ALLOW_MULTI = 2;

  private static final int INSTRUCTION_SIZE = 8;
  private static final int ATTRIBUTES_SIZE = 48;
  private static final int LOG_SIZE = 4096;

  private final Kernel kernel;

  public BpfCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Loads a program.
   *
   * @param program an array of struct bpf_insn
   * @throws SyscallException when the verifier refuses it, with the verifier's words
   */
  public Fd load(int type, byte[] program) {
    try (NativeArena arena = new NativeArena()) {
      long log = arena.allocate(LOG_SIZE);
      long attributes = arena.allocate(ATTRIBUTES_SIZE);
      NativeArena.putInt(attributes, type);
      NativeArena.putInt(attributes + 4, program.length / INSTRUCTION_SIZE);
      NativeArena.putLong(attributes + 8, arena.bytes(program));
      NativeArena.putLong(attributes + 16, arena.string("Apache-2.0"));
      long fd = kernel.attempt(Sys.BPF, BPF_PROG_LOAD, attributes, ATTRIBUTES_SIZE);
      if (fd < 0) {
        // The log costs the kernel time, so it is asked for only once something is wrong.
        NativeArena.putInt(attributes + 24, 1);
        NativeArena.putInt(attributes + 28, LOG_SIZE);
        NativeArena.putLong(attributes + 32, log);
        fd =
            kernel.call(
                () -> "BPF_PROG_LOAD, " + NativeArena.getString(log, LOG_SIZE).strip(),
                Sys.BPF,
                BPF_PROG_LOAD,
                attributes,
                ATTRIBUTES_SIZE);
      }
      return Fd.opened(kernel, fd);
    }
  }

  /** Attaches a program to the cgroup (v2) that the descriptor is the folder of. */
  public void attach(Fd program, Fd cgroup, int place) {
    try (NativeArena arena = new NativeArena()) {
      long attributes = arena.allocate(ATTRIBUTES_SIZE);
      NativeArena.putInt(attributes, cgroup.number());
      NativeArena.putInt(attributes + 4, program.number());
      NativeArena.putInt(attributes + 8, place);
      NativeArena.putInt(attributes + 12, BPF_F_ALLOW_MULTI);
      kernel.call(
          () -> "BPF_PROG_ATTACH, " + cgroup + ", " + program,
          Sys.BPF,
          BPF_PROG_ATTACH,
          attributes,
          ATTRIBUTES_SIZE);
    }
  }
}
