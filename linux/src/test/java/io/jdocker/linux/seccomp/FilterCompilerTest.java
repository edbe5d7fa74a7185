package io.jdocker.linux.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.seccomp.ArgumentTest.Comparison;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FilterCompilerTest {
  private static final int X86_64 = Architecture.X86_64.auditValue();
  private static final int I386 = SyscallAbi.X86.auditValue();
  private static final int READ = 0;
  private static final List<Comparison> ORDERS =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Comparison.MASKED_EQ)));
  private static final SeccompAction EPERM = SeccompAction.errno(1);

  private final FilterCompiler compiler =
      new FilterCompiler(Architecture.X86_64, new KernelVersion(6, 1));

  private BpfInterpreter compile(SeccompProfile profile) {
    return new BpfInterpreter(compiler.compile(profile, CapabilitySet.empty()));
  }

  private static SeccompProfile profile(SeccompAction otherwise, SyscallRule... rules) {
    return new SeccompProfile(otherwise, Map.of(), List.of(rules), 0);
  }

  private static SyscallRule rule(SeccompAction action, List<String> names, ArgumentTest... tests) {
    return new SyscallRule(names, action, List.of(tests), RuleScope.EVERYWHERE);
  }

  @ParameterizedTest
  @EnumSource
  void argumentsAreComparedInAllTheirBits(Comparison comparison) {
    long[] values = {
      0,
      1,
      2,
      0x7fffffffL,
      0x80000000L,
      0xffffffffL,
      1L << 32,
      (1L << 32) + 1,
      5L << 32,
      (5L << 32) - 1,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      -1
    };
    for (long value : values) {
      for (long mask : new long[] {-1, 0xf0, 0xffL << 32}) {
        ArgumentTest test = new ArgumentTest(3, comparison, mask, value & mask);
        BpfInterpreter filter =
            compile(profile(EPERM, rule(SeccompAction.ALLOW, List.of("read"), test)));
        for (long argument : values) {
          boolean allowed = filter.run(X86_64, READ, 0, 0, 0, argument) != EPERM.value();
          assertEquals(RuleOracle.holds(test, 0, 0, 0, argument), allowed, test + " " + argument);
        }
      }
    }
  }

  @Test
  void allTestsOfARuleMustHold() {
    ArgumentTest[] tests =
        IntStream.range(0, 6)
            .mapToObj(i -> ArgumentTest.of(i, Comparison.EQ, i))
            .toArray(ArgumentTest[]::new);
    BpfInterpreter filter =
        compile(profile(EPERM, rule(SeccompAction.ALLOW, List.of("read"), tests)));
    assertEquals(SeccompAction.ALLOW.value(), filter.run(X86_64, READ, 0, 1, 2, 3, 4, 5));
    assertEquals(EPERM.value(), filter.run(X86_64, READ, 0, 1, 2, 3, 4, 6));
    assertEquals(EPERM.value(), filter.run(X86_64, READ, 9, 1, 2, 3, 4, 5));
  }

  @Test
  void aRuleWithoutTestsWinsElseTheFirst() {
    SyscallRule tested =
        rule(SeccompAction.errno(2), List.of("read"), ArgumentTest.of(0, Comparison.LT, 10));
    SyscallRule later =
        rule(SeccompAction.errno(3), List.of("read"), ArgumentTest.of(0, Comparison.LT, 20));
    BpfInterpreter first = compile(profile(EPERM, tested, later));
    assertEquals(SeccompAction.errno(2).value(), first.run(X86_64, READ, 5));
    assertEquals(SeccompAction.errno(3).value(), first.run(X86_64, READ, 15));
    assertEquals(EPERM.value(), first.run(X86_64, READ, 25));
    BpfInterpreter plain =
        compile(profile(EPERM, tested, rule(SeccompAction.ALLOW, List.of("read"))));
    assertEquals(SeccompAction.ALLOW.value(), plain.run(X86_64, READ, 5));
  }

  @Test
  void anAllowingProfileCannotBeGotRoundThroughAnotherAbi() {
    BpfInterpreter filter =
        compile(profile(SeccompAction.ALLOW, rule(EPERM, List.of("read", "mkdir"))));
    assertEquals(EPERM.value(), filter.run(X86_64, 83));
    assertEquals(SeccompAction.ALLOW.value(), filter.run(X86_64, 9999));
    assertEquals(SeccompAction.KILL_PROCESS.value(), filter.run(X86_64, 0x40000000 + 83));
    assertEquals(SeccompAction.KILL_PROCESS.value(), filter.run(I386, 39));
  }

  @Test
  void namesOfOtherMachinesAreToldNotRefused() {
    SeccompProfile profile =
        profile(EPERM, rule(SeccompAction.ALLOW, List.of("read", "raed", "s390_sthyi")));
    assertEquals(List.of("raed", "s390_sthyi"), compiler.unknownNames(profile));
  }

  @Test
  void treesTooLongForOneJumpStillFindTheirWay() {
    // Every second call with its own long test: the halves are far more than 255 apart.
    Map<String, Integer> numbers = SyscallTable.load(SyscallAbi.X86_64).numbers();
    List<SyscallRule> rules = new ArrayList<>();
    numbers.forEach(
        (name, number) -> {
          if (number % 2 == 0) {
            rules.add(
                rule(
                    SeccompAction.errno(number + 10),
                    List.of(name),
                    ArgumentTest.of(0, Comparison.EQ, number),
                    ArgumentTest.of(1, Comparison.GT, number)));
          }
        });
    SeccompProfile profile = new SeccompProfile(SeccompAction.ALLOW, Map.of(), rules, 0);
    BpfInterpreter filter = compile(profile);
    numbers.forEach(
        (name, number) -> {
          int expected =
              number % 2 == 0
                  ? SeccompAction.errno(number + 10).value()
                  : SeccompAction.ALLOW.value();
          assertEquals(expected, filter.run(X86_64, number, number, number + 1L), name);
          assertEquals(SeccompAction.ALLOW.value(), filter.run(X86_64, number, number, 0), name);
        });
  }

  @Test
  void aProgramThatTheKernelWouldRefuseIsRefusedHere() {
    List<SyscallRule> rules = new ArrayList<>();
    SyscallTable.load(SyscallAbi.X86_64)
        .numbers()
        .forEach(
            (name, number) ->
                rules.add(
                    rule(
                        SeccompAction.ALLOW,
                        List.of(name),
                        ArgumentTest.of(0, Comparison.GT, number),
                        ArgumentTest.of(1, Comparison.GT, number),
                        ArgumentTest.of(2, Comparison.GT, number))));
    SeccompProfile profile = new SeccompProfile(EPERM, Map.of(), rules, 0);
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> compiler.compile(profile, CapabilitySet.empty()));
    assertTrue(refused.getMessage().contains("the kernel takes 4096"), refused.getMessage());
  }

  @Test
  void randomProfilesDoWhatTheirRulesSay() {
    Random random = new Random(42);
    List<String> names = List.copyOf(SyscallTable.load(SyscallAbi.X86).numbers().keySet());
    for (int round = 0; round < 40; round++) {
      SeccompProfile profile = randomProfile(random, names);
      BpfInterpreter filter = compile(profile);
      RuleOracle oracle =
          new RuleOracle(
              profile, CapabilitySet.empty(), Architecture.X86_64, new KernelVersion(6, 1));
      SyscallTable.load(SyscallAbi.X86)
          .numbers()
          .forEach(
              (name, number) -> {
                long argument = random.nextInt(4);
                int answer = filter.run(I386, number, argument, argument);
                if (oracle.names(name)) {
                  assertEquals(oracle.verdict(name, argument, argument), answer, name);
                } else {
                  assertTrue(
                      Set.of(EPERM.value(), SeccompAction.errno(38).value()).contains(answer));
                }
              });
    }
  }

  private static SeccompProfile randomProfile(Random random, List<String> names) {
    List<SyscallRule> rules = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> some = random.ints(5, 0, names.size()).mapToObj(names::get).distinct().toList();
      ArgumentTest[] tests =
          IntStream.range(0, random.nextInt(3))
              .mapToObj(
                  index ->
                      ArgumentTest.of(
                          index, ORDERS.get(random.nextInt(ORDERS.size())), random.nextInt(4)))
              .toArray(ArgumentTest[]::new);
      rules.add(rule(SeccompAction.errno(random.nextInt(5)), some, tests));
    }
    return new SeccompProfile(EPERM, Map.of(SyscallAbi.X86_64, Set.of(SyscallAbi.X86)), rules, 0);
  }
}
