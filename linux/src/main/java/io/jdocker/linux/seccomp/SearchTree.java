package io.jdocker.linux.seccomp;

import static io.jdocker.linux.seccomp.BpfInstruction.JUMP_GREATER_EQUAL;
import static io.jdocker.linux.seccomp.BpfInstruction.MAX_DISTANCE;

import java.util.ArrayList;
import java.util.List;

/**
 * A binary search over call numbers. Calls are found in a handful of comparisons, where the linear
 * chain of other engines needs up to several hundred.
 */
final class SearchTree {
  /**
   * Numbers that get the same answer.
   *
   * @param start the first number, unsigned; the range ends where the next one starts
   * @param code what follows once the number is found; it never runs on beyond its end
   */
  record Range(int start, List<BpfInstruction> code) {}

  private SearchTree() {}

  /**
   * Code that expects the number in the accumulator.
   *
   * @param ranges ordered by start, the first one starting at 0
   */
  static List<BpfInstruction> over(List<Range> ranges) {
    if (ranges.size() == 1) {
      return ranges.get(0).code();
    }
    int middle = ranges.size() / 2;
    List<BpfInstruction> below = over(ranges.subList(0, middle));
    List<BpfInstruction> above = over(ranges.subList(middle, ranges.size()));
    List<BpfInstruction> code = new ArrayList<>(below.size() + above.size() + 2);
    int border = ranges.get(middle).start();
    if (below.size() <= MAX_DISTANCE) {
      code.add(BpfInstruction.jump(JUMP_GREATER_EQUAL, border, below.size(), 0));
    } else {
      code.add(BpfInstruction.jump(JUMP_GREATER_EQUAL, border, 0, 1));
      code.add(BpfInstruction.skip(below.size()));
    }
    code.addAll(below);
    code.addAll(above);
    return code;
  }
}
