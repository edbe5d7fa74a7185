package io.jdocker.linux.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.Capability;
import io.jdocker.linux.capability.CapabilitySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Holds our default policy against the one that Debian's package golang-github-containers-common
 * (0.50) installs for podman. Both come from the same root; each difference is listed with its
 * reason, so that one that slips in is seen.
 */
final class DebianProfileTest {
  private static final Path PROFILE = Path.of("/usr/share/containers/seccomp.json");
  private static final KernelVersion KERNEL = new KernelVersion(6, 1);
  private static final int ALLOW = SeccompAction.ALLOW.value();

  /** Calls that podman's policy permits without any capability and Docker's does not. */
  private static final Map<String, String> ONLY_PODMAN =
      Map.ofEntries(
          Map.entry("clone3", "ENOSYS at Docker: a filter cannot see its flags"),
          Map.entry("fsconfig", "Docker: mounting needs CAP_SYS_ADMIN"),
          Map.entry("fsmount", "as fsconfig"),
          Map.entry("fsopen", "as fsconfig"),
          Map.entry("fspick", "as fsconfig"),
          Map.entry("mount", "as fsconfig; podman runs rootless mounts inside"),
          Map.entry("mount_setattr", "as fsconfig"),
          Map.entry("move_mount", "as fsconfig"),
          Map.entry("open_tree", "as fsconfig"),
          Map.entry("pivot_root", "as fsconfig"),
          Map.entry("umount", "as fsconfig"),
          Map.entry("umount2", "as fsconfig"),
          Map.entry("unshare", "Docker: namespaces need CAP_SYS_ADMIN"),
          Map.entry("get_mempolicy", "Docker: needs CAP_SYS_NICE"),
          Map.entry("mbind", "as get_mempolicy"),
          Map.entry("set_mempolicy", "as get_mempolicy"),
          Map.entry("keyctl", "keyrings are not kept apart by namespaces"),
          Map.entry("pidfd_getfd", "Docker: needs CAP_SYS_PTRACE"),
          Map.entry("reboot", "Docker: needs CAP_SYS_BOOT"),
          Map.entry("syslog", "Docker: needs CAP_SYSLOG"),
          Map.entry("readdir", "old_readdir of i386, which no libc calls"),
          Map.entry("setns", "permitted there by a rule for all beside the one for CAP_SYS_ADMIN"),
          Map.entry("sigaction", "old forms of i386, which no libc calls"),
          Map.entry("signal", "as sigaction"),
          Map.entry("sigpending", "as sigaction"),
          Map.entry("sigsuspend", "as sigaction"),
          Map.entry("syscall", "no call of its own on these machines"),
          Map.entry("timerfd", "a number that was never used"));

  /** Calls that Docker's policy permits and this one, written for Linux 5.x, does not. */
  private static final Map<String, String> ONLY_DOCKER =
      Map.ofEntries(
          Map.entry("cachestat", "Linux 6.5"),
          Map.entry("fchmodat2", "Linux 6.6"),
          Map.entry("futex_requeue", "Linux 6.7"),
          Map.entry("futex_wait", "Linux 6.7"),
          Map.entry("futex_waitv", "Linux 5.16, after that policy was written"),
          Map.entry("futex_wake", "Linux 6.7"),
          Map.entry("getxattrat", "Linux 6.13"),
          Map.entry("io_pgetevents", "podman refuses it with EPERM, Docker has long permitted it"),
          Map.entry("io_pgetevents_time64", "as io_pgetevents"),
          Map.entry("listmount", "Linux 6.8"),
          Map.entry("listxattrat", "Linux 6.13"),
          Map.entry("map_shadow_stack", "Linux 6.6"),
          Map.entry("mseal", "Linux 6.10"),
          Map.entry("removexattrat", "Linux 6.13"),
          Map.entry("riscv_hwprobe", "Linux 6.4"),
          Map.entry("setxattrat", "Linux 6.13"),
          Map.entry("statmount", "Linux 6.8"),
          Map.entry("uretprobe", "Linux 6.11"),
          Map.entry("vmsplice", "podman refuses it with EPERM, Docker permits it"));

  private final SeccompProfile ours = DefaultProfile.create();

  private static SeccompProfile debian() throws IOException {
    return ProfileParser.parse(Files.readString(PROFILE));
  }

  @Test
  void withoutCapabilitiesOnlyTheListedCallsDiffer() throws IOException {
    assertEquals(ONLY_PODMAN.keySet(), differences(CapabilitySet.empty()).get("podman"));
    assertEquals(ONLY_DOCKER.keySet(), differences(CapabilitySet.empty()).get("docker"));
  }

  /** The names that one of the two permits and the other does not, arguments being zero. */
  private Map<String, Set<String>> differences(CapabilitySet capabilities) throws IOException {
    RuleOracle docker = new RuleOracle(ours, capabilities, Architecture.X86_64, KERNEL);
    RuleOracle podman = new RuleOracle(debian(), capabilities, Architecture.X86_64, KERNEL);
    Map<String, Set<String>> found = Map.of("docker", new TreeSet<>(), "podman", new TreeSet<>());
    Set<String> names = new TreeSet<>();
    ours.rules().forEach(rule -> names.addAll(rule.names()));
    debian().rules().forEach(rule -> names.addAll(rule.names()));
    for (String name : names) {
      boolean atDocker = docker.verdict(name, 0, 0, 0) == ALLOW;
      boolean atPodman = podman.verdict(name, 0, 0, 0) == ALLOW;
      if (atDocker != atPodman) {
        found.get(atDocker ? "docker" : "podman").add(name);
      }
    }
    return found;
  }

  @Test
  void aCapabilityThatBothKnowOpensTheSameCalls() throws IOException {
    for (Capability capability :
        new Capability[] {
          Capability.DAC_READ_SEARCH,
          Capability.SYS_CHROOT,
          Capability.SYS_PACCT,
          Capability.SYS_RAWIO,
          Capability.SYS_TIME,
          Capability.SYS_TTY_CONFIG
        }) {
      assertEquals(
          differences(CapabilitySet.empty()),
          differences(CapabilitySet.of(capability)),
          capability.kernelName());
    }
  }
}
