package io.jdocker.linux.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.Capability;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Unsupported;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfileParserTest {
  private static final KernelVersion KERNEL = new KernelVersion(6, 1);

  private static List<SyscallRule> rules(String json) {
    return ProfileParser.parse(json).rules();
  }

  private static String withRule(String rule) {
    return "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[" + rule + "]}";
  }

  @Test
  void aRuleIsReadWithAllItsParts() {
    SyscallRule rule =
        rules(
                withRule(
                    """
                    {"names": ["mkdir", "rmdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13,
                     "args": [{"index": 1, "value": 18446744073709551615, "valueTwo": 7,
                               "op": "SCMP_CMP_MASKED_EQ"},
                              {"index": 0, "value": 5, "op": "SCMP_CMP_GE"}],
                     "includes": {"caps": ["CAP_SYS_ADMIN"], "minKernel": "4.8"},
                     "excludes": {"arches": ["arm64"]}, "comment": "why"}
                    """))
            .get(0);
    assertEquals(List.of("mkdir", "rmdir"), rule.names());
    assertEquals(SeccompAction.errno(13), rule.action());
    assertEquals(
        List.of(ArgumentTest.masked(1, -1, 7), ArgumentTest.of(0, ArgumentTest.Comparison.GE, 5)),
        rule.tests());
    CapabilitySet admin = CapabilitySet.of(Capability.SYS_ADMIN);
    assertTrue(rule.scope().holds(admin, "amd64", KERNEL));
    assertTrue(!rule.scope().holds(CapabilitySet.empty(), "amd64", KERNEL));
    assertTrue(!rule.scope().holds(admin, "arm64", KERNEL));
    assertTrue(!rule.scope().holds(admin, "amd64", new KernelVersion(4, 7)));
  }

  @Test
  void severalTestsOfOneArgumentAreAlternatives() {
    List<SyscallRule> rules =
        rules(
            withRule(
                """
                {"names": ["personality"], "action": "SCMP_ACT_ERRNO",
                 "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"},
                          {"index": 0, "value": 2, "op": "SCMP_CMP_EQ"}]}
                """));
    assertEquals(2, rules.size());
  }

  @Test
  void errnosMayBeNamed() {
    SyscallRule rule =
        rules(withRule("{\"name\":\"mkdir\",\"action\":\"SCMP_ACT_ERRNO\",\"errno\":\"EACCES\"}"))
            .get(0);
    assertEquals(SeccompAction.errno(13), rule.action());
  }

  @Test
  void archMapAndArchitecturesNameTheSameAbis() {
    Set<SyscallAbi> expected = Set.of(SyscallAbi.X86_64, SyscallAbi.X86);
    SeccompProfile map =
        ProfileParser.parse(
            """
            {"defaultAction": "SCMP_ACT_ALLOW", "archMap": [
              {"architecture": "SCMP_ARCH_S390X", "subArchitectures": ["SCMP_ARCH_S390"]},
              {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]},
              {"architecture": "SCMP_ARCH_RISCV64", "subArchitectures": null}]}
            """);
    SeccompProfile list =
        ProfileParser.parse(
            """
            {"defaultAction": "SCMP_ACT_ALLOW",
             "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_ARM"]}
            """);
    assertEquals(expected, map.abisOn(Architecture.X86_64));
    assertEquals(expected, list.abisOn(Architecture.X86_64));
    assertEquals(Set.of(SyscallAbi.AARCH64, SyscallAbi.ARM), list.abisOn(Architecture.AARCH64));
  }

  @Test
  void equalTextsMakeEqualProfiles() {
    String json = withRule("{\"names\":[\"mkdir\"],\"action\":\"SCMP_ACT_KILL\"}");
    assertEquals(ProfileParser.parse(json), ProfileParser.parse(json));
    assertEquals(ProfileParser.parse(json).hashCode(), ProfileParser.parse(json).hashCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                             | expected a JSON object
          []                                             | expected a JSON object
          {                                              | it is no JSON document
          {}                                             | no "defaultAction"
          {"defaultAction":"SCMP_ACT_MAYBE"}             | invalid seccomp action "SCMP_ACT_MAYBE"
          {"defaultAction":7}                            | profile.defaultAction is not a string
          {"defaultAction":"SCMP_ACT_ALLOW","x":1}       | unknown field "x"
          {"defaultAction":"SCMP_ACT_ALLOW","syscalls":{}} | profile.syscalls is not an array
          {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":5000} | errno 5000
          {"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_VAX"]} | "SCMP_ARCH_VAX"
          {"defaultAction":"SCMP_ACT_ALLOW","flags":["X"]} | invalid seccomp flag "X"
          """)
  void aBadProfileIsRefusedByName(String json, String message) {
    EngineException refused =
        assertThrows(EngineException.class, () -> ProfileParser.parse(json == null ? "" : json));
    assertTrue(refused.getMessage().startsWith("Decoding seccomp profile failed: "));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"action":"SCMP_ACT_ALLOW"}                          | names no system call
          {"names":["a"]}                                      | syscalls[0] has no "action"
          {"names":["a"],"name":"b","action":"SCMP_ACT_ALLOW"} | both 'name' and 'names'
          {"names":[1],"action":"SCMP_ACT_ALLOW"}              | names is not a string
          {"names":["a"],"action":"SCMP_ACT_ALLOW","arg":[]}   | unknown field "arg"
          {"names":["a"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_X"]}} | unknown capability
          {"names":["a"],"action":"SCMP_ACT_ALLOW","includes":{"minKernel":"new"}} | kernel version
          {"names":["a"],"action":"SCMP_ACT_ALLOW","args":[{"index":6,"op":"SCMP_CMP_EQ"}]} | index 6
          {"names":["a"],"action":"SCMP_ACT_ALLOW","args":[{"index":0,"op":"=="}]} | operator "=="
          {"names":["a"],"action":"SCMP_ACT_ALLOW","args":[{"value":-1,"op":"SCMP_CMP_EQ"}]} | unsigned
          {"names":["a"],"action":"SCMP_ACT_ALLOW","args":[{"value":1e99,"op":"SCMP_CMP_EQ"}]} | integer
          {"names":["a"],"action":"SCMP_ACT_ERRNO","errno":"ENOTHING"} | unknown errno
          """)
  void aBadRuleIsRefusedByName(String rule, String message) {
    EngineException refused =
        assertThrows(EngineException.class, () -> ProfileParser.parse(withRule(rule)));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void listenersAreUnsupported() {
    assertThrows(
        Unsupported.class,
        () -> rules(withRule("{\"names\":[\"mount\"],\"action\":\"SCMP_ACT_NOTIFY\"}")));
  }
}
