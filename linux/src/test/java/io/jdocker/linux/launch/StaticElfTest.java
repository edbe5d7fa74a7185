package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The executables' headers against the offsets of elf(5). */
final class StaticElfTest {
  private static final int CONTENT = 64 + 56;

  @ParameterizedTest
  @CsvSource({"X86_64, 62", "AARCH64, 183"})
  void theHeaderIsThatOfAStatic64BitExecutable(Architecture architecture, int machine) {
    byte[] executable = StaticElf.executable(new byte[] {1, 2, 3}, architecture);
    ByteBuffer elf = elf(executable);
    assertEquals("7f454c46020101000000000000000000", HexFormat.of().formatHex(executable, 0, 16));
    assertEquals(2, elf.getShort(16), "ET_EXEC");
    assertEquals(machine, elf.getShort(18));
    assertEquals(1, elf.getInt(20), "EV_CURRENT");
    assertEquals(0x10000 + CONTENT, elf.getLong(24), "entry: the content's first byte");
    assertEquals(64, elf.getLong(32), "the program header follows");
    assertEquals(0, elf.getLong(40), "no section");
    assertEquals(64, elf.getShort(52));
    assertEquals(56, elf.getShort(54));
    assertEquals(1, elf.getShort(56));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void oneSegmentIsTheWholeFile(Architecture architecture) {
    byte[] content = {1, 2, 3};
    byte[] executable = StaticElf.executable(content, architecture);
    ByteBuffer elf = elf(executable);
    int total = CONTENT + content.length;
    assertEquals(total, elf.capacity());
    assertEquals(1, elf.getInt(64), "PT_LOAD");
    assertEquals(7, elf.getInt(68), "read, write, execute");
    assertEquals(0, elf.getLong(72), "from the file's start");
    assertEquals(0x10000, elf.getLong(80), "to there");
    assertEquals(total, elf.getLong(96));
    assertEquals(total, elf.getLong(104));
    assertArrayEquals(content, Arrays.copyOfRange(executable, CONTENT, total));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void theKeeperBeginsByLoadingTheAddressOfItsProgram(Architecture architecture) {
    ByteBuffer elf = elf(KeeperImage.executable(architecture));
    int image = CONTENT + (8 + SetupRoutine.code(architecture).length + 7) / 8 * 8;
    int loaded;
    if (architecture == Architecture.X86_64) {
      assertEquals((byte) 0xbf, elf.get(CONTENT), "mov edi, imm32");
      loaded = elf.getInt(CONTENT + 1);
    } else {
      int low = elf.getInt(CONTENT) >>> 5 & 0xffff;
      int high = elf.getInt(CONTENT + 4) >>> 5 & 0xffff;
      loaded = high << 16 | low;
    }
    assertEquals(0x10000 + image, loaded);
    assertEquals(0x10000 + image + 16, elf.getLong(image + 8), "the first step, in the header");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void theInitEndsWithTheNameItGivesItself(Architecture architecture) {
    byte[] executable = InitImage.executable(architecture);
    String end = new String(executable, executable.length - 12, 12, StandardCharsets.ISO_8859_1);
    assertEquals("docker-init\0", end);
    assertTrue(executable.length < 400, () -> "bytes: " + executable.length);
  }

  /** The code finds its name relative to itself: a changed listing must not move it away. */
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void theInitsFirstInstructionPointsAtThatName(Architecture architecture) {
    ByteBuffer elf = elf(InitImage.executable(architecture));
    int first = elf.getInt(CONTENT);
    int target;
    if (architecture == Architecture.X86_64) {
      // lea rsi,[rip+disp32], 7 bytes long
      target = CONTENT + 7 + elf.getInt(CONTENT + 3);
    } else {
      // adr x1: immhi in bits 23 to 5, immlo in bits 30 and 29
      target = CONTENT + ((first >> 5 & 0x7ffff) << 2 | (first >>> 29 & 3));
    }
    assertEquals(elf.capacity() - 12, target);
  }

  private static ByteBuffer elf(byte[] executable) {
    return ByteBuffer.wrap(executable).order(ByteOrder.LITTLE_ENDIAN);
  }
}
