package io.jdocker.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Step;
import io.jdocker.runtime.spec.KernelSpec;
import io.jdocker.runtime.spec.KernelSpec.Ulimit;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sysctls, limits and the OOM score: what is refused, and the calls that come of the rest. */
final class KernelSettingsTest {
  private static KernelSpec sysctl(String name) {
    return new KernelSpec(List.of(), Map.of(name, "1"), 0);
  }

  private static String refusal(KernelSpec spec) {
    return assertThrows(InvalidArgument.class, () -> KernelSettings.of(spec)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.core.somaxconn",
        "net.ipv4.conf.eth0/1.forwarding",
        "net/ipv4/conf/eth0.1/forwarding",
        "kernel.shmmax",
        "kernel/shmmax",
        "kernel.sem",
        "kernel.msgmnb",
        "kernel.shm_rmid_forced",
        "kernel.domainname",
        "fs.mqueue.msg_max",
      })
  void aSettingOfOnesOwnNamespacesIsTaken(String name) {
    assertDoesNotThrow(() -> KernelSettings.of(sysctl(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel.core_pattern",
        "kernel/core_pattern",
        "kernel.panic",
        "kernel.shmmaxx",
        "vm.swappiness",
        "fs.file-max",
        "fs.mqueuex",
        "fs.mqueue",
        "net",
        "netx.core",
        "user.max_user_namespaces",
        "x",
        "",
        ".",
        "net.",
        ".net.core",
      })
  void aSettingOfTheHostIsRefused(String name) {
    assertEquals(
        "sysctl \"" + name + "\" is not in a separate kernel namespace", refusal(sysctl(name)));
  }

  /** The name becomes a path below /proc/sys, and is to stay there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "net/../kernel/core_pattern",
        "net.core./../../../kernel.core_pattern/..",
        "net/core/../../kernel/core_pattern",
        "net.../kernel",
        "net//core",
        "net/./core",
        "net/core/\0x",
      })
  void noNameLeadsOutOfItsTree(String name) {
    assertThrows(InvalidArgument.class, () -> KernelSettings.of(sysctl(name)));
  }

  @Test
  void theHostNameHasAFlagOfItsOwn() {
    assertEquals(
        "sysctl \"kernel.hostname\" is not allowed as it conflicts with the OCI \"hostname\" field",
        refusal(sysctl("kernel.hostname")));
  }

  @ParameterizedTest
  @CsvSource({
    "net.core.somaxconn, /proc/sys/net/core/somaxconn",
    "kernel.shmmax, /proc/sys/kernel/shmmax",
    "net/ipv4/conf/eth0.1/forwarding, /proc/sys/net/ipv4/conf/eth0.1/forwarding",
    "net.ipv4.conf.eth0/1.forwarding, /proc/sys/net/ipv4/conf/eth0.1/forwarding",
  })
  void theFileOfASetting(String name, String file) {
    assertEquals(file, KernelSettings.sysctlFile(name));
  }

  @Test
  void whichNamespaceASettingIsOf() {
    assertTrue(KernelSettings.isOfNetwork("net.core.somaxconn"));
    assertTrue(KernelSettings.isOfNetwork("net/core/somaxconn"));
    assertFalse(KernelSettings.isOfNetwork("kernel.sem"));
    assertTrue(KernelSettings.isOfIpc("kernel.sem"));
    assertTrue(KernelSettings.isOfIpc("fs.mqueue.msg_max"));
    assertFalse(KernelSettings.isOfIpc("kernel.domainname"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1001, 1001, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void theOomScoreHasARange(int score) {
    assertEquals(
        "Invalid value " + score + ", range for oom score adj is [-1000, 1000]",
        refusal(new KernelSpec(List.of(), Map.of(), score)));
  }

  /** asm-generic/resource.h. */
  @ParameterizedTest
  @CsvSource({
    "cpu, 0",
    "fsize, 1",
    "data, 2",
    "stack, 3",
    "core, 4",
    "rss, 5",
    "nproc, 6",
    "nofile, 7",
    "memlock, 8",
    "locks, 10",
    "sigpending, 11",
    "msgqueue, 12",
    "nice, 13",
    "rtprio, 14",
    "rttime, 15"
  })
  void aLimitHasTheKernelsNumber(String name, int number) {
    assertEquals(number, ResourceLimit.of(name, 1, 2).kind().number());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "as", "AS", "NOFILE", "RLIMIT_NOFILE", "nofiles", "x"})
  void anUnknownLimitIsRefused(String name) {
    assertEquals(
        "invalid ulimit type: " + name,
        refusal(new KernelSpec(List.of(new Ulimit(name, 1, 1)), Map.of(), 0)));
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "-1, 5", "9223372036854775807, 1"})
  void theSoftLimitIsWithinTheHardOne(long soft, long hard) {
    assertEquals(
        "ulimit soft limit must be less than or equal to hard limit: " + soft + " > " + hard,
        assertThrows(InvalidArgument.class, () -> ResourceLimit.of("nofile", soft, hard))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1:1", "0, 0, 0:0", "5, -1, 5:unlimited", "-1, -1, unlimited:unlimited"})
  void aLimitAsPrlimitTakesIt(long soft, long hard, String shown) {
    assertEquals(shown, ResourceLimit.of("core", soft, hard).shown());
  }

  @ParameterizedTest
  @CsvSource({"-2, 1", "1, -2", "-2, -2"})
  void aLimitBelowUnlimitedIsNone(long soft, long hard) {
    assertThrows(InvalidArgument.class, () -> ResourceLimit.of("core", soft, hard));
  }

  @ParameterizedTest
  @EnumSource(ResourceLimit.Kind.class)
  void theNameOfAKindIsTheKernels(ResourceLimit.Kind kind) {
    assertEquals("RLIMIT_" + kind, kind.constant());
  }

  private static List<Step> steps(KernelSpec spec, BiConsumer<Calls, KernelSettings> chapter) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    chapter.accept(new Calls(program), KernelSettings.of(spec));
    return program.build().steps();
  }

  @Test
  void aSysctlIsOpenedWrittenAndClosedInOrderOfNames() {
    List<Step> steps =
        steps(
            new KernelSpec(
                List.of(), Map.of("net.core.somaxconn", "77", "kernel.sem", "1 2 3 4"), 0),
            KernelChapter::sysctls);
    assertEquals(
        List.of(
            "openat(AT_FDCWD, \"/proc/sys/kernel/sem\", O_WRONLY|O_CLOEXEC)",
            "write(<openat>, \"1 2 3 4\", 7)",
            "close(<openat>)",
            "openat(AT_FDCWD, \"/proc/sys/net/core/somaxconn\", O_WRONLY|O_CLOEXEC)",
            "write(<openat>, \"77\", 2)",
            "close(<openat>)"),
        steps.stream().map(Step::toString).toList());
    assertEquals("sysctl -w net.core.somaxconn=77", steps.get(4).shellCommand());
  }

  @Test
  void limitsAreSetForTheProcessItself() {
    List<Step> steps =
        steps(
            new KernelSpec(List.of(new Ulimit("nofile", 10, 20)), Map.of(), 0),
            KernelChapter::process);
    assertEquals(1, steps.size());
    assertEquals("prlimit64(0, RLIMIT_NOFILE, {10:20}, NULL)", steps.get(0).toString());
    assertEquals("prlimit --pid $$ --nofile=10:20", steps.get(0).shellCommand());
  }

  @Test
  void theScoreIsWrittenOnlyWhereThereIsOne() {
    assertEquals(List.of(), steps(KernelSpec.none(), KernelChapter::process));
    List<Step> steps = steps(new KernelSpec(List.of(), Map.of(), -5), KernelChapter::process);
    assertEquals(
        "openat(AT_FDCWD, \"/proc/self/oom_score_adj\", O_WRONLY|O_CLOEXEC)",
        steps.get(0).toString());
    assertEquals("write(<openat>, \"-5\", 2)", steps.get(1).toString());
  }

  /** After the pivot, /proc is what the image made it (CVE-2025-52881). */
  @Test
  void cve202552881SysctlsAreWrittenBeforeThePivot() {
    Plans plans = new Plans();
    List<String> calls =
        plans
            .compile(
                plans
                    .kernel(
                        new KernelSpec(
                            List.of(new Ulimit("core", 0, 0)), Map.of("kernel.sem", "1"), 9))
                    .plan())
            .program()
            .steps()
            .stream()
            .map(Step::toString)
            .toList();
    int pivot = indexOf(calls, "pivot_root(");
    assertTrue(indexOf(calls, "\"/proc/sys/kernel/sem\"") < pivot, calls::toString);
    assertTrue(indexOf(calls, "\"/proc/self/oom_score_adj\"") < pivot, calls::toString);
    assertTrue(indexOf(calls, "prlimit64(") < pivot, calls::toString);
    assertTrue(
        indexOf(calls, "setns(") < indexOf(calls, "\"/proc/sys/kernel/sem\""),
        "in its own namespaces");
  }

  @Test
  void aFurtherProcessHasTheLimitsToo() {
    List<String> calls =
        ExecProgram.compile(
                new Plans()
                    .kernel(new KernelSpec(List.of(new Ulimit("core", 0, 0)), Map.of(), 9))
                    .exec(0))
            .program()
            .steps()
            .stream()
            .map(Step::toString)
            .toList();
    assertTrue(indexOf(calls, "prlimit64(") < indexOf(calls, "setns("), calls::toString);
    assertTrue(indexOf(calls, "oom_score_adj") < indexOf(calls, "setns("), calls::toString);
  }

  private static int indexOf(List<String> calls, String part) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError(part + " is not among " + calls);
  }
}
