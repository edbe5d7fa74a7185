package io.jdocker.linux.seccomp;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.Capability;
import io.jdocker.linux.capability.CapabilitySet;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the compiled default policy answers, for every system call that there is. */
final class DefaultFilterTest {
  private static final int EPERM = SeccompAction.errno(1).value();
  private static final int ENOSYS = SeccompAction.errno(38).value();
  private static final int ALLOW = SeccompAction.ALLOW.value();
  private static final int KILL = SeccompAction.KILL_PROCESS.value();
  private static final KernelVersion KERNEL = new KernelVersion(6, 1);
  private static final int X86_64 = Architecture.X86_64.auditValue();
  private static final int AARCH64 = Architecture.AARCH64.auditValue();

  private final SeccompProfile profile = DefaultProfile.create();
  private final BpfInterpreter plain =
      interpreter(Architecture.X86_64, CapabilitySet.dockerDefault());

  private BpfInterpreter interpreter(Architecture architecture, CapabilitySet capabilities) {
    return new BpfInterpreter(
        new FilterCompiler(architecture, KERNEL).compile(profile, capabilities));
  }

  @ParameterizedTest
  @EnumSource
  void everyCallOfEveryAbiGetsWhatTheRulesSay(SyscallAbi abi) {
    Architecture architecture =
        abi == SyscallAbi.AARCH64 || abi == SyscallAbi.ARM
            ? Architecture.AARCH64
            : Architecture.X86_64;
    for (CapabilitySet capabilities :
        new CapabilitySet[] {
          CapabilitySet.dockerDefault(), CapabilitySet.empty(), new CapabilitySet(-1)
        }) {
      BpfInterpreter filter = interpreter(architecture, capabilities);
      RuleOracle oracle = new RuleOracle(profile, capabilities, architecture, KERNEL);
      Map<String, Integer> numbers = SyscallTable.load(abi).numbers();
      int newest = oracle.newestNamed(numbers, abi.privateStart());
      numbers.forEach(
          (name, number) -> {
            int expected =
                number > newest && !oracle.names(name) ? ENOSYS : oracle.verdict(name, 0, 0, 0);
            assertEquals(
                expected, filter.run(abi.auditValue(), abi.base() + number), abi + " " + name);
          });
    }
  }

  @Test
  void callsNewerThanThePolicyAreUnknown() {
    int newest =
        SyscallTable.load(SyscallAbi.X86_64).numbers().values().stream()
            .max(Comparator.naturalOrder())
            .orElseThrow();
    for (int number : new int[] {newest + 1, newest + 1000, 0x3fffffff, 0x40000000 + 5000, -1}) {
      assertEquals(ENOSYS, plain.run(X86_64, number), "call " + number);
    }
  }

  @Test
  void anAbiOfAnotherMachineKills() {
    assertEquals(KILL, plain.run(AARCH64, 0));
    assertEquals(KILL, plain.run(0, 0));
  }

  @Test
  void newNamespacesNeedSysAdmin() {
    BpfInterpreter admin =
        interpreter(
            Architecture.X86_64,
            CapabilitySet.dockerDefault().plus(CapabilitySet.of(Capability.SYS_ADMIN)));
    int clone = 56;
    int clone3 = 435;
    long thread = 0x3d0f00;
    for (long namespace = 0x02000000; namespace <= 0x40000000; namespace <<= 1) {
      assertEquals(EPERM, plain.run(X86_64, clone, namespace | thread), "flag " + namespace);
      assertEquals(ALLOW, admin.run(X86_64, clone, namespace | thread));
    }
    assertAll(
        () -> assertEquals(EPERM, plain.run(X86_64, clone, 0x00020000)),
        () -> assertEquals(ALLOW, plain.run(X86_64, clone, thread)),
        () -> assertEquals(ENOSYS, plain.run(X86_64, clone3)),
        () -> assertEquals(ALLOW, admin.run(X86_64, clone3)));
  }

  @Test
  void socketsOfOddFamiliesAreRefused() {
    int socket = 41;
    for (long family : new long[] {1, 2, 10, 16, 17, 29, 45}) {
      assertEquals(ALLOW, plain.run(X86_64, socket, family), "family " + family);
    }
    for (long family : new long[] {12, 19, 20, 23, 25, 34, 37, 38, 40, 46, 1L << 32 | 2}) {
      assertEquals(EPERM, plain.run(X86_64, socket, family), "family " + family);
    }
  }

  @Test
  void onlyHarmlessPersonalitiesCanBeTaken() {
    int personality = 135;
    for (long persona : new long[] {0, 8, 0x20000, 0x20008, 0xffffffffL}) {
      assertEquals(ALLOW, plain.run(X86_64, personality, persona));
    }
    // READ_IMPLIES_EXEC and ADDR_NO_RANDOMIZE weaken the container's own programs.
    for (long persona : new long[] {0x0400000, 0x0040000, -1, 1L << 32}) {
      assertEquals(EPERM, plain.run(X86_64, personality, persona));
    }
  }

  @Test
  void aSearchTakesAHandfulOfSteps() {
    int longest = 0;
    for (int number : SyscallTable.load(SyscallAbi.X86_64).numbers().values()) {
      plain.run(X86_64, number);
      longest = Math.max(longest, plain.steps());
    }
    assertTrue(longest < 60, "longest search: " + longest);
    plain.run(X86_64, 0);
    assertTrue(plain.steps() < 14, "read takes " + plain.steps());
  }

  @Test
  void oldKernelsDoNotLetAContainerTrace() {
    BpfInterpreter old =
        new BpfInterpreter(
            new FilterCompiler(Architecture.X86_64, new KernelVersion(4, 7))
                .compile(profile, CapabilitySet.dockerDefault()));
    assertEquals(EPERM, old.run(X86_64, 101));
    assertEquals(ALLOW, plain.run(X86_64, 101));
  }
}
