package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The BPF program against the rules read as sentences: for each kind of access, of several rules
 * that match the last one counts, and what none matches is denied. Random rules over few numbers,
 * so that they overlap; a seed each, so that a failure can be repeated.
 */
final class DeviceFilterAgreementTest {
  private static final int SEEDS = 60;
  private static final String KINDS = "rwm";
  private static final int[] BITS = {2, 4, 1};

  /** Of few numbers: any, or 0 to 2. */
  private static int number(Random random) {
    return random.nextInt(4) - 1;
  }

  private static List<DeviceRule> rules(Random random) {
    DeviceRule.Type[] types = DeviceRule.Type.values();
    List<DeviceRule> rules = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      String access =
          KINDS
              .chars()
              .filter(kind -> random.nextBoolean())
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      rules.add(
          new DeviceRule(
              random.nextInt(3) > 0,
              types[random.nextInt(types.length)],
              number(random),
              number(random),
              access.isEmpty() ? "r" : access));
    }
    return rules;
  }

  /** What the rules say, in words rather than in jumps. */
  private static boolean allowed(
      List<DeviceRule> rules, DeviceRule.Type type, int access, int major, int minor) {
    for (int kind = 0; kind < KINDS.length(); kind++) {
      if ((access & BITS[kind]) != 0) {
        boolean granted = false;
        for (DeviceRule rule : rules) {
          boolean matches =
              (rule.type() == DeviceRule.Type.ALL || rule.type() == type)
                  && (rule.major() == DeviceRule.ANY || rule.major() == major)
                  && (rule.minor() == DeviceRule.ANY || rule.minor() == minor)
                  && rule.access().indexOf(KINDS.charAt(kind)) >= 0;
          granted = matches ? rule.allow() : granted;
        }
        if (!granted) {
          return false;
        }
      }
    }
    return true;
  }

  /** What the kernel would do with the program. */
  private static boolean run(
      List<EbpfInstruction> program, int type, int access, int major, int minor) {
    if (program.isEmpty()) {
      return true;
    }
    int[] context = {access << 16 | type, major, minor};
    long[] register = new long[11];
    for (int at = 0; ; at++) {
      EbpfInstruction i = program.get(at);
      int to = i.destination();
      switch (i.code()) {
        case EbpfInstruction.LOAD_WORD -> register[to] = context[i.offset() / 4] & 0xffffffffL;
        case EbpfInstruction.MOVE -> register[to] = i.immediate();
        case EbpfInstruction.AND_32 -> register[to] = register[to] & i.immediate() & 0xffffffffL;
        case EbpfInstruction.SHIFT_RIGHT_32 -> register[to] >>>= i.immediate();
        case EbpfInstruction.JUMP -> at += i.offset();
        case EbpfInstruction.JUMP_NOT_EQUAL -> at += register[to] != i.immediate() ? i.offset() : 0;
        case EbpfInstruction.JUMP_ANY_BIT ->
            at += (register[to] & i.immediate()) != 0 ? i.offset() : 0;
        case EbpfInstruction.EXIT -> {
          return register[0] != 0;
        }
        default -> throw new AssertionError("instruction " + i);
      }
    }
  }

  static Stream<Arguments> seeds() {
    return IntStream.range(0, SEEDS).mapToObj(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theProgramSaysWhatTheRulesSay(int seed) {
    List<DeviceRule> rules = rules(new Random(seed));
    List<EbpfInstruction> program = V2DeviceFilter.compile(rules).program();
    for (int access = 1; access < 8; access++) {
      for (int major = 0; major < 4; major++) {
        for (int minor = 0; minor < 4; minor++) {
          for (DeviceRule.Type type : List.of(DeviceRule.Type.BLOCK, DeviceRule.Type.CHARACTER)) {
            int kernels = type == DeviceRule.Type.BLOCK ? 1 : 2;
            assertEquals(
                allowed(rules, type, access, major, minor),
                run(program, kernels, access, major, minor),
                type + " " + major + ":" + minor + " access " + access + " of " + rules);
          }
        }
      }
    }
  }

  /** The verifier refuses a program with a jump past its end, or one that runs off it. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noJumpLeavesTheProgramAndItEndsWithAnAnswer(int seed) {
    List<EbpfInstruction> program = V2DeviceFilter.compile(rules(new Random(seed))).program();
    for (int at = 0; at < program.size(); at++) {
      EbpfInstruction i = program.get(at);
      boolean jump = (i.code() & 7) == 5 && i.code() != EbpfInstruction.EXIT;
      if (jump) {
        assertTrue(i.offset() > 0, "only forward: " + i);
        assertTrue(at + 1 + i.offset() < program.size(), at + ": " + i);
      }
    }
    if (!program.isEmpty()) {
      assertEquals(EbpfInstruction.EXIT, program.get(program.size() - 1).code());
    }
  }

  /** struct bpf_insn of linux/bpf.h: code, source and destination in a byte, offset, immediate. */
  @ParameterizedTest
  @CsvSource({
    "97, 2, 1, 0, 0, 6112000000000000",
    "183, 0, 0, 0, 1, b700000001000000",
    "85, 3, 0, 2, -1, 55030200ffffffff",
    "149, 0, 0, 0, 0, 9500000000000000",
    "5, 0, 0, -1, 0, 0500ffff00000000",
  })
  void anInstructionIsEightBytes(
      int code, int to, int from, int offset, int immediate, String hex) {
    byte[] bytes =
        EbpfInstruction.assemble(List.of(new EbpfInstruction(code, to, from, offset, immediate)));
    StringBuilder shown = new StringBuilder();
    for (byte b : bytes) {
      shown.append(String.format("%02x", b));
    }
    assertEquals(hex, shown.toString());
  }

  @Test
  void noInstructionsAreNoBytes() {
    assertEquals(0, EbpfInstruction.assemble(List.of()).length);
  }
}
