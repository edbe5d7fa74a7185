package io.jdocker.linux.seccomp;

import static io.jdocker.linux.seccomp.BpfInstruction.JUMP_EQUAL;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compiles a profile to a classic BPF program:
 *
 * <pre>
 * load arch
 * for each AUDIT_ARCH value: equal? load the number, search it in a tree, return its action
 * return KILL_PROCESS                  (a call of an ABI that the profile does not speak of)
 * </pre>
 *
 * <p>A call newer than the profile fails with ENOSYS, so that libc falls back to an older one as it
 * would on an old kernel; EPERM would make programs give up. Newer is what has a higher number than
 * every call the profile names (runc's rule). Thread-safe.
 */
public final class FilterCompiler {
  private static final int NUMBER_OFFSET = 0;
  private static final int ARCHITECTURE_OFFSET = 4;

  /** BPF_MAXINSNS of linux/bpf_common.h: the kernel takes no longer program. */
  private static final int MAX_INSTRUCTIONS = 4096;

  private final Architecture architecture;
  private final KernelVersion kernel;

  public FilterCompiler(Architecture architecture, KernelVersion kernel) {
    this.architecture = architecture;
    this.kernel = kernel;
  }

  /**
   * The filter for a container.
   *
   * @param container the container's bounding set, which some rules ask for
   * @throws InvalidArgument when the program would be longer than the kernel takes
   */
  public SeccompFilter compile(SeccompProfile profile, CapabilitySet container) {
    List<BpfInstruction> program = new ArrayList<>();
    program.add(BpfInstruction.load(ARCHITECTURE_OFFSET));
    List<SyscallRule> rules = profile.rulesFor(container, architecture, kernel);
    Map<Integer, List<SyscallAbi>> byAudit = new TreeMap<>();
    for (SyscallAbi abi : profile.abisOn(architecture)) {
      byAudit.computeIfAbsent(abi.auditValue(), audit -> new ArrayList<>()).add(abi);
    }
    // The machine's own ABI first: nearly every call is one of its own.
    List<Integer> audits = new ArrayList<>(byAudit.keySet());
    audits.sort(Comparator.comparing(audit -> audit != architecture.auditValue()));
    for (int audit : audits) {
      List<BpfInstruction> section = section(profile, rules, byAudit.get(audit));
      program.add(BpfInstruction.jump(JUMP_EQUAL, audit, 1, 0));
      program.add(BpfInstruction.skip(section.size()));
      program.addAll(section);
    }
    program.add(BpfInstruction.returns(SeccompAction.KILL_PROCESS));
    if (program.size() > MAX_INSTRUCTIONS) {
      throw new InvalidArgument(
          "seccomp profile is too large: it needs "
              + program.size()
              + " BPF instructions, the kernel takes "
              + MAX_INSTRUCTIONS);
    }
    return new SeccompFilter(assemble(program), profile.flags());
  }

  private static List<BpfInstruction> section(
      SeccompProfile profile, List<SyscallRule> rules, List<SyscallAbi> abis) {
    DecisionMap decisions = new DecisionMap(profile.defaultAction());
    for (SyscallAbi abi : abis) {
      SyscallTable table = SyscallTable.load(abi);
      decisions.addAbi(abi);
      for (SyscallRule rule : rules) {
        for (String name : rule.names()) {
          OptionalInt number = table.number(name);
          if (number.isPresent()) {
            decisions.add(abi, number.getAsInt(), rule);
          }
        }
      }
    }
    if (!abis.contains(SyscallAbi.X32) && abis.contains(SyscallAbi.X86_64)) {
      decisions.refuseFrom(SyscallAbi.X32.base());
    }
    List<BpfInstruction> section = new ArrayList<>();
    section.add(BpfInstruction.load(NUMBER_OFFSET));
    section.addAll(SearchTree.over(decisions.ranges()));
    return section;
  }

  /**
   * Names in a profile that no ABI of this machine has: calls of other machines, of newer kernels,
   * or misspelt. They have no effect, so a user should be told of them.
   */
  public List<String> unknownNames(SeccompProfile profile) {
    Set<SyscallAbi> abis = profile.abisOn(architecture);
    List<SyscallTable> tables = abis.stream().map(SyscallTable::load).toList();
    return profile.rules().stream()
        .flatMap(rule -> rule.names().stream())
        .distinct()
        .filter(name -> tables.stream().noneMatch(table -> table.number(name).isPresent()))
        .sorted()
        .toList();
  }

  private static byte[] assemble(List<BpfInstruction> program) {
    byte[] bytes = new byte[program.size() * SeccompFilter.INSTRUCTION_SIZE];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    program.forEach(instruction -> instruction.writeTo(buffer));
    return bytes;
  }
}
