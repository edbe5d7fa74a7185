package io.jdocker.linux.seccomp;

import static io.jdocker.linux.seccomp.BpfInstruction.JUMP_EQUAL;
import static io.jdocker.linux.seccomp.BpfInstruction.JUMP_GREATER;
import static io.jdocker.linux.seccomp.BpfInstruction.JUMP_GREATER_EQUAL;
import static io.jdocker.linux.seccomp.BpfInstruction.jump;
import static io.jdocker.linux.seccomp.BpfInstruction.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Code for argument tests. Classic BPF has 32-bit registers, an argument 64 bits: each test looks
 * at the high word first and, where that does not decide, at the low one.
 */
final class ArgumentCode {
  /** Offset of the low word of args[0] in struct seccomp_data; both machines are little-endian. */
  private static final int FIRST_ARGUMENT = 16;

  private ArgumentCode() {}

  /**
   * Code that returns the action when all tests hold and runs on to its end when one does not. Up
   * to fifty tests fit the distance of a jump; JSON profiles have at most six a rule.
   */
  static List<BpfInstruction> when(List<ArgumentTest> tests, SeccompAction action) {
    List<BpfInstruction> code = new ArrayList<>();
    code.add(BpfInstruction.returns(action));
    // From the last test to the first: a failing test jumps over all that comes after it.
    for (int i = tests.size() - 1; i >= 0; i--) {
      code.addAll(0, test(tests.get(i), code.size()));
    }
    return code;
  }

  /** Runs on to its end when the test holds, skips {@code fail} instructions beyond it if not. */
  private static List<BpfInstruction> test(ArgumentTest test, int fail) {
    int low = (int) test.value();
    int high = (int) (test.value() >>> Integer.SIZE);
    int at = FIRST_ARGUMENT + Long.BYTES * test.index();
    BpfInstruction loadHigh = load(at + Integer.BYTES);
    BpfInstruction loadLow = load(at);
    return switch (test.comparison()) {
      case EQ ->
          List.of(
              loadHigh,
              jump(JUMP_EQUAL, high, 0, fail + 2),
              loadLow,
              jump(JUMP_EQUAL, low, 0, fail));
      case NE ->
          List.of(loadHigh, jump(JUMP_EQUAL, high, 0, 2), loadLow, jump(JUMP_EQUAL, low, fail, 0));
      case GT -> ordered(loadHigh, loadLow, high, jump(JUMP_GREATER, low, 0, fail), true, fail);
      case GE ->
          ordered(loadHigh, loadLow, high, jump(JUMP_GREATER_EQUAL, low, 0, fail), true, fail);
      case LT ->
          ordered(loadHigh, loadLow, high, jump(JUMP_GREATER_EQUAL, low, fail, 0), false, fail);
      case LE -> ordered(loadHigh, loadLow, high, jump(JUMP_GREATER, low, fail, 0), false, fail);
      case MASKED_EQ ->
          List.of(
              loadHigh,
              BpfInstruction.and((int) (test.mask() >>> Integer.SIZE)),
              jump(JUMP_EQUAL, high, 0, fail + 3),
              loadLow,
              BpfInstruction.and((int) test.mask()),
              jump(JUMP_EQUAL, low, 0, fail));
    };
  }

  /** An order test: a different high word decides alone, an equal one leaves it to the low word. */
  private static List<BpfInstruction> ordered(
      BpfInstruction loadHigh,
      BpfInstruction loadLow,
      int high,
      BpfInstruction lowTest,
      boolean greaterHolds,
      int fail) {
    int whenGreater = greaterHolds ? 3 : fail + 3;
    int whenLess = greaterHolds ? fail + 2 : 2;
    return List.of(
        loadHigh,
        jump(JUMP_GREATER, high, whenGreater, 0),
        jump(JUMP_EQUAL, high, 0, whenLess),
        loadLow,
        lowTest);
  }
}
