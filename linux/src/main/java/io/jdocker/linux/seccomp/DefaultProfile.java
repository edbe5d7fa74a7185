package io.jdocker.linux.seccomp;

import static io.jdocker.linux.seccomp.SeccompAction.ALLOW;

import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.capability.Capability;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.seccomp.ArgumentTest.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Docker's default policy: what is not allowed fails with EPERM. A container that got a capability
 * may also make the calls that need it.
 */
public final class DefaultProfile {
  /** The namespaces that clone(2) could make; it has no flag for time namespaces. */
  private static final long NEW_NAMESPACES =
      ProcessCalls.CLONE_NEWNS
          | ProcessCalls.CLONE_NEWCGROUP
          | ProcessCalls.CLONE_NEWUTS
          | ProcessCalls.CLONE_NEWIPC
          | ProcessCalls.CLONE_NEWUSER
          | ProcessCalls.CLONE_NEWPID
          | ProcessCalls.CLONE_NEWNET;

  /** One above the last address family that the policy knows, AF_MCTP. */
  private static final long AF_MAX = 46;

  /**
   * Address families (socket(2), AF_ numbers) whose code is old and little read, or speaks past the
   * network namespace: DECnet, Econet, ATM SVC, IrDA, WAN router, ISDN, CAIF; ALG, the way into the
   * kernel's crypto that several local exploits took; and VSOCK, which reaches the hypervisor
   * whatever the namespace. 20, 19: never used by containers, gone from newer kernels.
   */
  private static final List<Long> REFUSED_FAMILIES =
      List.of(12L, 19L, 20L, 23L, 25L, 34L, 37L, 38L, 40L);

  private static final long ADDR_NO_RANDOMIZE_UNAME26 = 0x20000;
  private static final long PER_LINUX32 = 8;
  private static final long PERSONALITY_QUERY = 0xffffffffL;

  private DefaultProfile() {}

  /** The policy. */
  public static SeccompProfile create() {
    return new SeccompProfile(
        SeccompAction.errno(SeccompAction.EPERM),
        Map.of(
            SyscallAbi.X86_64, Set.of(SyscallAbi.X86, SyscallAbi.X32),
            SyscallAbi.AARCH64, Set.of(SyscallAbi.ARM)),
        rules(),
        SeccompProfile.FLAG_SPEC_ALLOW);
  }

  private static List<SyscallRule> rules() {
    List<SyscallRule> rules = new ArrayList<>();
    rules.add(allow(RuleScope.EVERYWHERE, AllowedCalls.names()));
    // Before 4.8 a tracer could change a call after the filter had seen it.
    rules.add(allow(RuleScope.fromKernel(4, 8), "ptrace process_vm_readv process_vm_writev"));
    addArguments(rules);
    addArchitectures(rules);
    addCapabilities(rules);
    addNamespaces(rules);
    return List.copyOf(rules);
  }

  private static void addArguments(List<SyscallRule> rules) {
    rules.add(new SyscallRule(List.of("socket"), ALLOW, families(), RuleScope.EVERYWHERE));
    LongStream.of(
            0,
            PER_LINUX32,
            ADDR_NO_RANDOMIZE_UNAME26,
            ADDR_NO_RANDOMIZE_UNAME26 | PER_LINUX32,
            PERSONALITY_QUERY)
        .forEach(personality -> rules.add(allowPersonality(personality)));
  }

  private static List<ArgumentTest> families() {
    Stream<ArgumentTest> known = Stream.of(ArgumentTest.of(0, Comparison.LT, AF_MAX));
    Stream<ArgumentTest> refused =
        REFUSED_FAMILIES.stream().map(family -> ArgumentTest.of(0, Comparison.NE, family));
    return Stream.concat(known, refused).toList();
  }

  private static void addArchitectures(List<SyscallRule> rules) {
    rules.add(
        allow(
            RuleScope.onArchitectures("arm", "arm64"),
            "arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls"));
    rules.add(allow(RuleScope.onArchitectures("amd64", "x32"), "arch_prctl"));
    rules.add(allow(RuleScope.onArchitectures("amd64", "x32", "x86"), "modify_ldt"));
  }

  private static void addCapabilities(List<SyscallRule> rules) {
    rules.add(
        allowWith(
            Capability.SYS_ADMIN,
            """
            bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie
            lsm_get_self_attr lsm_list_modules lsm_set_self_attr mount mount_setattr move_mount
            open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog
            umount umount2 unshare
            """));
    rules.add(
        allowWith(
            Capability.SYS_PTRACE,
            "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"));
    rules.add(
        allowWith(
            Capability.SYS_NICE, "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"));
    rules.add(allowWith(Capability.SYS_TIME, "settimeofday stime clock_settime clock_settime64"));
    rules.add(allowWith(Capability.SYS_MODULE, "delete_module init_module finit_module"));
    rules.add(allowWith(Capability.SYS_RAWIO, "iopl ioperm"));
    rules.add(allowWith(Capability.DAC_READ_SEARCH, "open_by_handle_at"));
    rules.add(allowWith(Capability.SYS_BOOT, "reboot"));
    rules.add(allowWith(Capability.SYS_CHROOT, "chroot"));
    rules.add(allowWith(Capability.SYS_PACCT, "acct"));
    rules.add(allowWith(Capability.SYS_TTY_CONFIG, "vhangup"));
    rules.add(allowWith(Capability.SYSLOG, "syslog"));
    rules.add(allowWith(Capability.BPF, "bpf"));
    rules.add(allowWith(Capability.PERFMON, "perf_event_open"));
  }

  /**
   * Without CAP_SYS_ADMIN no new namespaces: a user namespace would hand out all capabilities and
   * with them a far larger part of the kernel. A filter cannot look behind clone3's pointer, so
   * that fails with ENOSYS and libc takes clone.
   */
  private static void addNamespaces(List<SyscallRule> rules) {
    RuleScope unprivileged = RuleScope.withoutCapabilities(CapabilitySet.of(Capability.SYS_ADMIN));
    rules.add(
        new SyscallRule(
            List.of("clone"),
            ALLOW,
            List.of(ArgumentTest.masked(0, NEW_NAMESPACES, 0)),
            unprivileged));
    rules.add(
        new SyscallRule(
            List.of("clone3"), SeccompAction.errno(SeccompAction.ENOSYS), List.of(), unprivileged));
  }

  private static SyscallRule allow(RuleScope scope, List<String> names) {
    return new SyscallRule(names, ALLOW, List.of(), scope);
  }

  private static SyscallRule allow(RuleScope scope, String names) {
    return allow(scope, List.of(names.strip().split("\\s+")));
  }

  private static SyscallRule allowWith(Capability capability, String names) {
    return allow(RuleScope.withCapabilities(CapabilitySet.of(capability)), names);
  }

  private static SyscallRule allowPersonality(long persona) {
    return new SyscallRule(
        List.of("personality"),
        ALLOW,
        List.of(ArgumentTest.of(0, Comparison.EQ, persona)),
        RuleScope.EVERYWHERE);
  }
}
