package io.jdocker.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.capability.CapabilityGrant;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Step;
import io.jdocker.linux.seccomp.SeccompFilter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CredentialChapterTest {
  private static final Optional<SeccompFilter> FILTER =
      Optional.of(new SeccompFilter(new byte[24], 4));
  private static final String SECCOMP = "seccomp(SECCOMP_SET_MODE_FILTER, 0x4, {3 instructions})";
  private static final String CAPSET = "capset({_LINUX_CAPABILITY_VERSION_3}, 0x0)";
  private static final String KEYRING = "keyctl(KEYCTL_JOIN_SESSION_KEYRING, \"_ses.jdocker\")";

  @Test
  void theWholeChapterWithoutNoNewPrivileges() {
    Stream<String> bounding =
        IntStream.rangeClosed(0, 12)
            .filter(capability -> capability != 10)
            .mapToObj(capability -> "prctl(PR_CAPBSET_DROP, " + capability + ", 0, 0, 0)");
    List<String> expected =
        Stream.of(
                Stream.of(KEYRING, SECCOMP),
                bounding,
                Stream.of(
                    "setgroups(2, [8, 9])", "setresgid(8, 8, 8)", "setresuid(7, 7, 7)", CAPSET))
            .flatMap(part -> part)
            .toList();
    assertEquals(expected, calls(Plans.credentials(false, FILTER)));
  }

  /** The filter needs CAP_SYS_ADMIN, or no_new_privs: see seccomp(2). */
  @Test
  void withNoNewPrivilegesTheFilterGoesInLast() {
    List<String> calls = calls(Plans.credentials(true, FILTER));
    assertEquals(
        List.of(CAPSET, "prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)", SECCOMP),
        calls.subList(calls.size() - 3, calls.size()));
    assertEquals(1, calls.stream().filter(SECCOMP::equals).count());
  }

  @Test
  void anEmptyFilterIsNoneAndNoNewPrivilegesStillHolds() {
    List<String> calls = calls(Plans.credentials(true, Optional.empty()));
    assertEquals("prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)", calls.get(calls.size() - 1));
    assertFalse(calls.stream().anyMatch(call -> call.startsWith("seccomp")));
    assertFalse(
        calls(Plans.credentials(false, Optional.empty())).stream()
            .anyMatch(call -> call.startsWith("prctl(PR_SET_NO_NEW_PRIVS")));
  }

  /** The other way round the process could take its groups and group no more. */
  @Test
  void groupsComeBeforeTheGroupAndThatBeforeTheUser() {
    List<String> calls = calls(Plans.credentials(false, FILTER));
    assertTrue(calls.indexOf("setgroups(2, [8, 9])") < calls.indexOf("setresgid(8, 8, 8)"));
    assertTrue(calls.indexOf("setresgid(8, 8, 8)") < calls.indexOf("setresuid(7, 7, 7)"));
  }

  /** Else execve(2) would run for a user what only root may read. */
  @Test
  void onlyRootHasTheCapabilitiesThatAreGiven() {
    Credentials root = Plans.root(1L << 10, FILTER);
    assertTrue(calls(root).contains("capset({_LINUX_CAPABILITY_VERSION_3}, 0x400)"));
    assertTrue(calls(Plans.credentials(false, FILTER)).contains(CAPSET));
  }

  /** execve(2) gives root whatever its bounding set still has. */
  @Test
  void capabilitiesThatThisEngineDoesNotKnowAreDropped() {
    long newer = 1L << 63;
    Credentials who =
        new Credentials(
            0,
            0,
            List.of(0),
            CapabilityGrant.forUser(new CapabilitySet(1), 0),
            new CapabilitySet(newer | 1),
            false,
            Optional.empty());
    List<String> calls = calls(who);
    assertTrue(calls.contains("prctl(PR_CAPBSET_DROP, 63, 0, 0, 0)"), calls::toString);
    assertFalse(calls.contains("prctl(PR_CAPBSET_DROP, 0, 0, 0, 0)"));
  }

  @Test
  void allCapabilitiesMeansNothingIsDropped() {
    Credentials all = Plans.root(-1L, Optional.empty());
    List<String> calls = calls(all);
    assertFalse(calls.stream().anyMatch(call -> call.startsWith("prctl(PR_CAPBSET_DROP")));
    assertTrue(
        calls.contains("capset({_LINUX_CAPABILITY_VERSION_3}, 0xffffffffffffffff)"),
        calls::toString);
    assertTrue(calls.contains("setgroups(1, [0])"), calls::toString);
  }

  private static List<String> calls(Credentials who) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    CredentialChapter.write(new Calls(program), who);
    return program.build().steps().stream().map(Step::toString).toList();
  }
}
