package io.jdocker.cgroups;

import static io.jdocker.cgroups.EbpfInstruction.exit;
import static io.jdocker.cgroups.EbpfInstruction.immediate;

import io.jdocker.linux.BpfCalls;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;

/**
 * Device rules on v2, which has no control file for them: a BPF program of type
 * BPF_PROG_TYPE_CGROUP_DEVICE is asked for each access. It goes through the rules from the last to
 * the first and crosses out the kinds of access that a rule grants; what is left at the end is
 * denied.
 *
 * @param program empty where every access is allowed anyway
 */
record V2DeviceFilter(List<EbpfInstruction> program) {
  private static final int CONTEXT = 1;
  private static final int TYPE = 2;
  private static final int WANTED = 3;
  private static final int MAJOR = 4;
  private static final int MINOR = 5;

  private static final int TYPE_BLOCK = 1;
  private static final int TYPE_CHARACTER = 2;
  private static final int ACCESS_MKNOD = 1;
  private static final int ACCESS_READ = 2;
  private static final int ACCESS_WRITE = 4;

  V2DeviceFilter {
    program = List.copyOf(program);
  }

  static V2DeviceFilter compile(List<DeviceRule> rules) {
    if (rules.equals(List.of(DeviceRule.allowAll()))) {
      return new V2DeviceFilter(List.of());
    }
    List<EbpfInstruction> program = new ArrayList<>();
    // struct bpf_cgroup_dev_ctx: access_type (access in the high half, type in the low), major,
    // minor; all of 32 bits.
    program.add(EbpfInstruction.load(TYPE, CONTEXT, 0));
    program.add(immediate(EbpfInstruction.AND_32, TYPE, 0xffff));
    program.add(EbpfInstruction.load(WANTED, CONTEXT, 0));
    program.add(immediate(EbpfInstruction.SHIFT_RIGHT_32, WANTED, 16));
    program.add(EbpfInstruction.load(MAJOR, CONTEXT, 4));
    program.add(EbpfInstruction.load(MINOR, CONTEXT, 8));
    for (int i = rules.size() - 1; i >= 0; i--) {
      program.addAll(rule(rules.get(i)));
    }
    program.addAll(answer(false));
    return new V2DeviceFilter(program);
  }

  private static List<EbpfInstruction> rule(DeviceRule rule) {
    List<EbpfInstruction> body = new ArrayList<>();
    int access = access(rule);
    if (rule.allow()) {
      body.add(immediate(EbpfInstruction.AND_32, WANTED, ~access));
      body.add(EbpfInstruction.jump(EbpfInstruction.JUMP_NOT_EQUAL, WANTED, 0, 2));
      body.addAll(answer(true));
    } else {
      body.add(EbpfInstruction.jump(EbpfInstruction.JUMP_ANY_BIT, WANTED, access, 1));
      body.add(EbpfInstruction.skip(2));
      body.addAll(answer(false));
    }
    List<EbpfInstruction> code = body;
    if (rule.minorNumber().isPresent()) {
      code = guarded(MINOR, rule.minor(), code);
    }
    if (rule.majorNumber().isPresent()) {
      code = guarded(MAJOR, rule.major(), code);
    }
    return switch (rule.type()) {
      case ALL -> code;
      case BLOCK -> guarded(TYPE, TYPE_BLOCK, code);
      case CHARACTER -> guarded(TYPE, TYPE_CHARACTER, code);
    };
  }

  /** The code, jumped over where the register has another value. */
  private static List<EbpfInstruction> guarded(
      int register, int value, List<EbpfInstruction> code) {
    List<EbpfInstruction> guarded = new ArrayList<>();
    guarded.add(EbpfInstruction.jump(EbpfInstruction.JUMP_NOT_EQUAL, register, value, code.size()));
    guarded.addAll(code);
    return guarded;
  }

  private static List<EbpfInstruction> answer(boolean allow) {
    return List.of(immediate(EbpfInstruction.MOVE, 0, allow ? 1 : 0), exit());
  }

  private static int access(DeviceRule rule) {
    return (rule.access().contains("m") ? ACCESS_MKNOD : 0)
        | (rule.access().contains("r") ? ACCESS_READ : 0)
        | (rule.access().contains("w") ? ACCESS_WRITE : 0);
  }

  /**
   * Makes the kernel ask the program; it goes with the cgroup.
   *
   * @throws Unsupported when the kernel has no such programs
   */
  void attach(ControlDirectory directory, Kernel kernel) {
    if (program.isEmpty()) {
      return;
    }
    BpfCalls bpf = new BpfCalls(kernel);
    long start = System.nanoTime();
    try (Fd loaded = bpf.load(BpfCalls.PROG_TYPE_CGROUP_DEVICE, EbpfInstruction.assemble(program));
        Fd folder =
            directory.files().open(directory.path(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY)) {
      bpf.attach(loaded, folder, BpfCalls.ATTACH_CGROUP_DEVICE);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOSYS) || e.is(Errno.EINVAL)) {
        throw new Unsupported(
            "cannot limit devices: " + e.getMessage() + "; the kernel needs CONFIG_CGROUP_BPF", e);
      }
      throw e;
    }
    directory
        .trace()
        .record(
            Stage.CGROUP,
            "limit the devices",
            () -> "bpf(BPF_PROG_ATTACH, BPF_CGROUP_DEVICE, " + program.size() + " instructions)",
            "0",
            start,
            // bpftool could, from a program that a person would first have to compile.
            null);
  }
}
