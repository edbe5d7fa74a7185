package io.jdocker.runtime.launch;

import io.jdocker.linux.Sys;
import io.jdocker.linux.capability.CapabilityGrant;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.seccomp.SeccompFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/** Who the process is, and what it may ask of the kernel. The last thing before execve. */
final class CredentialChapter {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;

  private CredentialChapter() {}

  static void write(Calls calls, Credentials who) {
    calls
        .call(
            "a session keyring of its own",
            Sys.KEYCTL,
            Operand.named(KEYCTL_JOIN_SESSION_KEYRING, "KEYCTL_JOIN_SESSION_KEYRING"),
            Operand.of("_ses.jdocker"))
        .tolerate(Errno.ENOSYS, Errno.EPERM, Errno.EACCES);
    // A filter needs no_new_privs or CAP_SYS_ADMIN: without the first, it goes in while we have the
    // second, and must let pass the calls below; with it, it goes in last.
    if (!who.noNewPrivileges()) {
      filter(calls, who);
    }
    dropBounding(calls, who);
    identity(calls, who);
    capabilities(calls, who);
    if (who.noNewPrivileges()) {
      prctl(
          calls,
          "no set-user-ID program gains anything",
          PR_SET_NO_NEW_PRIVS,
          "PR_SET_NO_NEW_PRIVS",
          1);
      filter(calls, who);
    }
  }

  /** All but its own, those newer than this engine too: execve(2) gives root what is left. */
  private static void dropBounding(Calls calls, Credentials who) {
    for (int capability : who.capabilities().dropsFrom(who.known())) {
      prctl(
          calls,
          "never to be had again",
          CapabilityGrant.PR_CAPBSET_DROP,
          "PR_CAPBSET_DROP",
          capability);
    }
  }

  private static void identity(Calls calls, Credentials who) {
    List<Integer> groups = who.groups();
    ByteBuffer list = ByteBuffer.allocate(4 * groups.size()).order(ByteOrder.LITTLE_ENDIAN);
    groups.forEach(list::putInt);
    calls.call(
        "supplementary groups",
        Sys.SETGROUPS,
        Operand.of(groups.size()),
        new Operand.Memory(list.array(), groups.toString()));
    Operand gid = Operand.of(who.gid());
    calls.call("group", Sys.SETRESGID, gid, gid, gid);
    Operand uid = Operand.of(who.uid());
    calls.call("user", Sys.SETRESUID, uid, uid, uid);
  }

  /**
   * Effective and permitted; inheritable always empty (CVE-2022-29162). See capset(2). None for any
   * user but root: its program would have none either, but execve(2) itself would go by the
   * caller's CAP_DAC_OVERRIDE and run what only root may.
   */
  private static void capabilities(Calls calls, Credentials who) {
    CapabilityGrant grant = who.capabilities();
    calls
        .call(
            "what it may do in here",
            Sys.CAPSET,
            new Operand.Memory(grant.header(), "{_LINUX_CAPABILITY_VERSION_3}"),
            new Operand.Memory(grant.data(), "0x" + Long.toHexString(grant.effective().bits())))
        .shell(() -> privilegeOptions(who));
  }

  /** setpriv(1) does all of this at once, but for the filter. */
  private static String privilegeOptions(Credentials who) {
    String groups =
        who.groups().isEmpty()
            ? " --clear-groups"
            : " --groups="
                + who.groups().stream().map(String::valueOf).collect(Collectors.joining(","));
    String kept =
        who.capabilities().bounding().toList().stream()
            .map(capability -> ",+" + capability.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return "setpriv --reuid="
        + who.uid()
        + " --regid="
        + who.gid()
        + groups
        + " --bounding-set=-all"
        + kept
        + " --inh-caps=-all --ambient-caps=-all"
        + (who.noNewPrivileges() ? " --no-new-privs" : "");
  }

  private static void filter(Calls calls, Credentials who) {
    who.filter().ifPresent(filter -> filter(calls, filter));
  }

  private static void filter(Calls calls, SeccompFilter filter) {
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    length.putShort((short) filter.length());
    calls.call(
        "which system calls it may make",
        Sys.SECCOMP,
        Operand.named(SECCOMP_SET_MODE_FILTER, "SECCOMP_SET_MODE_FILTER"),
        Operand.named(filter.flags(), "0x" + Integer.toHexString(filter.flags())),
        new Operand.Pointing(
            length.array(),
            new Operand.Memory(filter.program(), "{" + filter.length() + " instructions}")));
  }

  private static void prctl(Calls calls, String purpose, int option, String name, long value) {
    calls.call(
        purpose,
        Sys.PRCTL,
        Operand.named(option, name),
        Operand.of(value),
        Operand.of(0),
        Operand.of(0),
        Operand.of(0));
  }
}
