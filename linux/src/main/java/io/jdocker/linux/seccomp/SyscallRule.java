package io.jdocker.linux.seccomp;

import java.util.List;

/**
 * What is done with some system calls.
 *
 * @param names the calls; a name that an architecture does not have is passed over there
 * @param tests all must be true for the rule to match
 * @param scope the containers it holds for
 */
record SyscallRule(
    List<String> names, SeccompAction action, List<ArgumentTest> tests, RuleScope scope) {
  SyscallRule {
    names = List.copyOf(names);
    tests = List.copyOf(tests);
  }
}
