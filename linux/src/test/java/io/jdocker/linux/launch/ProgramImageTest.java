package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

/**
 * The layout is what machine code reads by fixed offsets, so it is written down here in numbers.
 */
final class ProgramImageTest {
  private static final long BASE = 0x7000_0000_0000L;
  private static final int FIRST = 16;
  private static final int SECOND = FIRST + 136;
  private static final int THIRD = SECOND + 136;

  private final LaunchProgram.Builder program = LaunchProgram.builder();

  @Test
  void theHeaderSaysNothingHasFailedAndWhereTheFirstStepIs() {
    program.add("x", Sys.SETSID);
    ByteBuffer image = image();
    assertEquals(0, image.getLong(0));
    assertEquals(BASE + FIRST, image.getLong(8));
    assertEquals(SECOND, image.capacity());
  }

  @Test
  void aStepIsItsNumberSixAddressesAndTheConstantsTheyLeadTo() {
    program.add("x", Sys.DUP3, Operand.of(7), Operand.of(-1), Operand.of(02000000));
    ByteBuffer image = image();
    assertEquals(292, image.getLong(FIRST));
    for (int i = 0; i < 6; i++) {
      assertEquals(BASE + FIRST + 56 + 8L * i, image.getLong(FIRST + 8 + 8 * i), "operand " + i);
    }
    assertArrayEquals(new long[] {7, -1, 02000000, 0, 0, 0}, longs(image, FIRST + 56, 6));
    assertEquals(0, image.getLong(FIRST + 104), "no branch");
    assertEquals(0, image.getLong(FIRST + 112), "nothing tolerated");
    assertEquals(0, image.getLong(FIRST + 120), "made while all goes well");
    assertEquals(0, image.getLong(FIRST + 128), "no result yet");
  }

  @Test
  void numbersAreThoseOfTheArchitecture() {
    program.add("x", Sys.DUP3);
    assertEquals(292, image(Architecture.X86_64).getLong(FIRST));
    assertEquals(24, image(Architecture.AARCH64).getLong(FIRST));
  }

  @Test
  void toleranceAndTheMarkOfAFailuresStepStandWhereTheRoutineLooks() {
    program.add("x", Sys.MKDIRAT).tolerate(Errno.EEXIST, Errno.EPERM);
    program.add("y", Sys.WAITID).onlyAfterFailure();
    ByteBuffer image = image();
    assertEquals(1L << 17 | 1L << 1, image.getLong(FIRST + 112));
    assertEquals(0, image.getLong(FIRST + 120));
    assertEquals(1, image.getLong(SECOND + 120));
  }

  @Test
  void anEarlierResultIsReadFromTheStepThatHasIt() {
    Step open = program.add("open", Sys.OPENAT);
    program.add("enter", Sys.FCHDIR, Operand.of(open));
    ByteBuffer image = image();
    assertEquals(BASE + FIRST + 128, image.getLong(SECOND + 8));
  }

  @Test
  void theAddressOfAResultIsAConstant() {
    Step self = program.add("pid", Sys.GETPID);
    program.add(
        "record", Sys.WRITE, Operand.of(7), new Operand.AddressOfResult(self), Operand.of(8));
    ByteBuffer image = image();
    assertEquals(BASE + SECOND + 64, image.getLong(SECOND + 16), "read where constants are");
    assertEquals(BASE + FIRST + 128, image.getLong(SECOND + 64));
  }

  @Test
  void aStringIsStoredOnceHoweverOftenItIsNamed() {
    program.add("x", Sys.CHDIR, Operand.of("/a"));
    program.add("y", Sys.SYMLINKAT, Operand.of("/bc"), Operand.of(0), Operand.of("/a"));
    ByteBuffer image = image();
    assertEquals(BASE + THIRD, image.getLong(FIRST + 56));
    assertEquals(BASE + THIRD + 3, image.getLong(SECOND + 56));
    assertEquals(BASE + THIRD, image.getLong(SECOND + 56 + 16));
    assertEquals("/a\0/bc\0", tail(image, THIRD));
  }

  @Test
  void anArrayOfStringsIsAlignedAndEndsWithNull() {
    program.add("run", Sys.EXECVE, Operand.of("ls"), Operand.of(List.of("ls", "-l")));
    ByteBuffer image = image();
    // "ls\0" and "-l\0" take 6 bytes from SECOND on; the array begins at the next multiple of 8.
    assertEquals("ls\0-l\0", tail(image, SECOND).substring(0, 6));
    assertEquals(BASE + SECOND + 8, image.getLong(FIRST + 64));
    assertArrayEquals(
        new long[] {BASE + SECOND, BASE + SECOND + 3, 0}, longs(image, SECOND + 8, 3));
    assertEquals(SECOND + 8 + 24, image.capacity());
  }

  @Test
  void theSameMemoryInTwoStepsIsOneAddressAndEqualContentIsNot() {
    Operand.Memory status = new Operand.Memory(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "status");
    Operand.Memory twin = new Operand.Memory(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "status");
    program.add("wait", Sys.WAIT4, Operand.of(-1), status);
    program.add("write", Sys.WRITE, twin, status);
    ByteBuffer image = image();
    assertEquals(BASE + THIRD, image.getLong(FIRST + 64));
    assertEquals(BASE + THIRD, image.getLong(SECOND + 64));
    assertEquals(BASE + THIRD + 8, image.getLong(SECOND + 56));
    assertEquals(0x0807060504030201L, image.getLong(THIRD));
    assertEquals(THIRD + 16, image.capacity());
  }

  @Test
  void aPointingStructureEndsWithTheAddressOfItsTarget() {
    Operand.Memory filter = new Operand.Memory(new byte[] {6, 0, 0, 0, 0, 0, 0, 0}, "filter");
    byte[] length = {1, 0, 0, 0, 0, 0, 0, 0};
    program.add("filter", Sys.SECCOMP, new Operand.Pointing(length, filter));
    ByteBuffer image = image();
    assertEquals(BASE + SECOND + 8, image.getLong(FIRST + 56));
    assertArrayEquals(new long[] {6, 1, BASE + SECOND}, longs(image, SECOND, 3));
  }

  @Test
  void aBranchesStepsFollowThoseOfTheProgramAndTheCloneNamesTheFirst() {
    LaunchProgram.Builder child = LaunchProgram.builder();
    Step session = child.add("session", Sys.SETSID);
    Step clone = program.add("clone", Sys.CLONE).branch(child.build());
    Step last = program.add("wait", Sys.WAIT4, Operand.of(clone));
    ProgramImage image = new ProgramImage(program.build());
    assertEquals(List.of(clone, last, session), image.steps());
    assertEquals(2, image.position(session));
    ByteBuffer bytes = read(image.bytes(BASE, Architecture.X86_64));
    assertEquals(BASE + THIRD, bytes.getLong(FIRST + 104));
    assertEquals(112, bytes.getLong(THIRD));
  }

  @Test
  void theSizeIsKnownBeforeTheAddressAndTheAddressMovesOnlyPointers() {
    program.add("x", Sys.CHDIR, Operand.of("/a"));
    ProgramImage image = new ProgramImage(program.build());
    byte[] low = image.bytes(0, Architecture.X86_64);
    assertEquals(image.size(), low.length);
    assertEquals(SECOND, read(low).getLong(FIRST + 56));
    assertEquals(BASE + SECOND, image().getLong(FIRST + 56));
  }

  private ByteBuffer image() {
    return image(Architecture.X86_64);
  }

  private ByteBuffer image(Architecture architecture) {
    return read(new ProgramImage(program.build()).bytes(BASE, architecture));
  }

  private static ByteBuffer read(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long[] longs(ByteBuffer image, int at, int count) {
    long[] values = new long[count];
    Arrays.setAll(values, i -> image.getLong(at + 8 * i));
    return values;
  }

  private static String tail(ByteBuffer image, int from) {
    byte[] rest = new byte[image.capacity() - from];
    image.get(from, rest);
    return new String(rest, StandardCharsets.ISO_8859_1);
  }
}
