package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.KernelSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A name that the engine does not know is refused, never passed over: who drops {@code NET_RAWW}
 * believes that it is gone (security.md 19).
 */
final class UnknownNamesIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static Specs security(List<String> add, List<String> drop, String seccomp) {
    return Specs.run("true").security(new SecuritySpec(false, false, add, drop, false, seccomp));
  }

  private static Specs kernel(KernelSpec kernel) {
    return Specs.run("true").resources(ResourceSpec.none().withKernel(kernel));
  }

  private static Specs limit(String name) {
    return kernel(new KernelSpec(List.of(new KernelSpec.Ulimit(name, 1, 1)), Map.of(), 0));
  }

  private static Specs sysctl(String name) {
    return kernel(new KernelSpec(List.of(), Map.of(name, "1"), 0));
  }

  private static Specs tmpfs(String options) {
    return Specs.run("true")
        .mount(new MountSpec(MountSpec.Kind.TMPFS, "", "/x", false, "", options, false));
  }

  private static Specs propagation(String word) {
    return Specs.run("true")
        .mount(
            new MountSpec(MountSpec.Kind.BIND, "/tmp", "/x", false, "", "", false)
                .withTraits(MountTraits.standard().withPropagation(word)));
  }

  static List<Arguments> unknown() {
    return List.of(
        Arguments.of("capability added", security(List.of("NET_RAWW"), List.of(), ""), "NET_RAWW"),
        Arguments.of("capability dropped", security(List.of(), List.of("CAP_X"), ""), "CAP_X"),
        Arguments.of("empty capability", security(List.of(), List.of("CAP_"), ""), "CAP_"),
        Arguments.of(
            "seccomp action",
            security(List.of(), List.of(), "{\"defaultAction\":\"SCMP_ACT_MAYBE\"}"),
            "SCMP_ACT_MAYBE"),
        Arguments.of(
            "seccomp architecture",
            security(
                List.of(),
                List.of(),
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"architectures\":[\"SCMP_ARCH_Z80\"]}"),
            "SCMP_ARCH_Z80"),
        Arguments.of("seccomp text", security(List.of(), List.of(), "[]"), "seccomp"),
        Arguments.of("ulimit", limit("nofiles"), "nofiles"),
        Arguments.of("sysctl of the host", sysctl("kernel.core_pattern"), "kernel.core_pattern"),
        Arguments.of("sysctl as a path", sysctl("net.x/../../y"), "net.x/../../y"),
        Arguments.of("tmpfs option", tmpfs("noexecute"), "noexecute"),
        Arguments.of("tmpfs value", tmpfs("context=x"), "context=x"),
        Arguments.of("propagation", propagation("rpublic"), "rpublic"),
        Arguments.of("log option", Specs.run("true").log("local", Map.of("sise", "1")), "sise"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknown")
  void itIsRefusedByName(String kind, Specs specs, String name) throws Exception {
    Footprint before = test.footprint();
    EngineException refused =
        assertThrows(
            InvalidArgument.class, () -> test.engine().containers().create("", specs.spec()), kind);
    assertTrue(refused.getMessage().contains(name), refused.getMessage());
    assertEquals(before, test.footprint(), "nothing is made");
  }

  /** A filter goes in last: the engine's own calls survive the strictest one. */
  @Test
  void aFilterThatAllowsNextToNothingDoesNotHinderTheLaunch() throws Exception {
    String profile =
        """
        {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,
         "syscalls":[{"names":["execve","exit_group","write","setresuid","setresgid","setgroups",
           "capset","prctl","brk","arch_prctl","rt_sigprocmask","mmap","munmap","mprotect","seccomp",
           "set_tid_address","set_robust_list","rseq","prlimit64","readlinkat","getrandom","newfstatat",
           "fstat","ioctl","getuid","readlink"],
           "action":"SCMP_ACT_ALLOW"}]}""";
    assertEquals(
        "through\n",
        test.run(
                Specs.run("echo", "through")
                    .security(new SecuritySpec(false, false, List.of(), List.of(), true, profile))
                    .spec())
            .stdout());
  }
}
