package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class V2DeviceFilterTest {
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;
  private static final int MKNOD = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;

  /** Runs the program as the kernel would and tells whether it allows the access. */
  private static boolean allows(
      List<DeviceRule> rules, int type, int access, int major, int minor) {
    List<EbpfInstruction> program = V2DeviceFilter.compile(rules).program();
    int[] context = {access << 16 | type, major, minor};
    long[] r = new long[11];
    for (int pc = 0; ; pc++) {
      EbpfInstruction i = program.get(pc);
      int to = i.destination();
      switch (i.code()) {
        case EbpfInstruction.LOAD_WORD -> r[to] = context[i.offset() / 4] & 0xffffffffL;
        case EbpfInstruction.MOVE -> r[to] = i.immediate();
        case EbpfInstruction.AND_32 -> r[to] = r[to] & i.immediate() & 0xffffffffL;
        case EbpfInstruction.SHIFT_RIGHT_32 -> r[to] = (r[to] & 0xffffffffL) >>> i.immediate();
        case EbpfInstruction.JUMP -> pc += i.offset();
        case EbpfInstruction.JUMP_NOT_EQUAL -> pc += r[to] != i.immediate() ? i.offset() : 0;
        case EbpfInstruction.JUMP_ANY_BIT -> pc += (r[to] & i.immediate()) != 0 ? i.offset() : 0;
        case EbpfInstruction.EXIT -> {
          return r[0] != 0;
        }
        default -> throw new AssertionError("instruction " + i);
      }
    }
  }

  private static DeviceRule deny(DeviceRule rule) {
    return new DeviceRule(false, rule.type(), rule.major(), rule.minor(), rule.access());
  }

  @Test
  void theDefaultsOpenTheUsualDevicesAndNoOthers() {
    List<DeviceRule> rules = DeviceRule.dockerDefaults();
    assertTrue(allows(rules, CHARACTER, READ | WRITE, 1, 3));
    assertTrue(allows(rules, CHARACTER, READ | WRITE, 136, 77));
    assertTrue(allows(rules, CHARACTER, MKNOD, 99, 99));
    assertTrue(allows(rules, BLOCK, MKNOD, 8, 0));
    assertEquals(false, allows(rules, BLOCK, READ, 8, 0));
    assertEquals(false, allows(rules, CHARACTER, READ, 1, 11));
    assertEquals(false, allows(rules, CHARACTER, MKNOD | READ, 1, 11));
    assertEquals(false, allows(rules, BLOCK, READ, 1, 3));
  }

  @Test
  void kindsOfAccessAddUpOverRules() {
    List<DeviceRule> rules = List.of(DeviceRule.parse("c 5:5 r"), DeviceRule.parse("c 5:5 w"));
    assertTrue(allows(rules, CHARACTER, READ | WRITE, 5, 5));
    assertEquals(false, allows(rules, CHARACTER, READ | WRITE | MKNOD, 5, 5));
  }

  @Test
  void theLastRuleThatSpeaksOfAnAccessDecides() {
    DeviceRule all = DeviceRule.parse("c 5:* rwm");
    List<DeviceRule> rules = List.of(all, deny(DeviceRule.parse("c 5:5 w")));
    assertTrue(allows(rules, CHARACTER, READ, 5, 5));
    assertTrue(allows(rules, CHARACTER, READ | WRITE, 5, 6));
    assertEquals(false, allows(rules, CHARACTER, READ | WRITE, 5, 5));
    List<DeviceRule> reopened =
        Stream.concat(rules.stream(), Stream.of(DeviceRule.parse("c 5:5 w"))).toList();
    assertTrue(allows(reopened, CHARACTER, READ | WRITE, 5, 5));
  }

  @Test
  void everyNumberAndKindCanBeMeant() {
    List<DeviceRule> rules = List.of(DeviceRule.parse("a *:9 r"));
    assertTrue(allows(rules, BLOCK, READ, 1, 9));
    assertTrue(allows(rules, CHARACTER, READ, 2, 9));
    assertEquals(false, allows(rules, CHARACTER, READ, 2, 8));
  }

  @Test
  void noRulesMeanNoDeviceAndAllNeedsNoProgram() {
    assertEquals(false, allows(List.of(), CHARACTER, READ, 1, 3));
    assertEquals(List.of(), V2DeviceFilter.compile(List.of(DeviceRule.allowAll())).program());
  }
}
