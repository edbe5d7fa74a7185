package io.jdocker.images.tar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.RawTar;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarHeaderTest {
  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;

  /** Digits as people write them here: a dot is a zero byte, an underscore a blank. */
  private static String field(String shown) {
    return shown.replace('.', '\0').replace('_', ' ');
  }

  private static TarHeader withSize(String field) throws TarFormatException {
    return TarHeader.parse(RawTar.header("f", '0').at(SIZE, field).sealed());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "00000000000., 0",
    "00000000007., 7",
    "00000000010., 8",
    "77777777777., 8589934591",
    "777777777777, 68719476735",
    "00000000010_, 8",
    "_________10., 8",
    "_________10_, 8",
    "10.........., 8",
    "10__________, 8",
    "____________, 0",
    "............, 0",
    "0..........., 0",
    "..........10, 8",
  })
  void octalDigitsMayStandAnywhereBetweenBlanks(String field, long expected) throws Exception {
    assertEquals(expected, withSize(field(field)).size());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "00000000008.",
        "0000000000x.",
        "-0000000001.",
        "+0000000001.",
        "0x000000010.",
        "10_10.......",
        "10.10.......",
        "0.1.........",
        "0_1.........",
        "00000000010\n",
        "\t0000000010.",
      })
  void whatIsNoOctalNumberIsRefused(String field) throws Exception {
    TarHeader header = withSize(field(field));
    TarFormatException e = assertThrows(TarFormatException.class, header::size);
    assertEquals("invalid tar header (bad number)", e.getMessage());
  }

  /** GNU's base 256: the first bit marks it, the second is the sign, the rest big-endian. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "800000000000000000000000, 0",
    "800000000000000000000001, 1",
    "8000000000000000000000ff, 255",
    "800000000000000000000100, 256",
    "800000000000000200000000, 8589934592",
    "800000007fffffffffffffff, 9223372036854775807",
    "ffffffffffffffffffffffff, -1",
    "ffffffffffffffffffffff00, -256",
    "ffffffffffffffffffffec78, -5000",
    "ffffffff8000000000000000, -9223372036854775808",
  })
  void base256HoldsWhatOctalCannot(String hex, long expected) throws Exception {
    assertEquals(expected, binary(hex).number(SIZE, 12));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "800000008000000000000000",
        "80000000ffffffffffffffff",
        "800000010000000000000000",
        "810000000000000000000000",
        "bfffffffffffffffffffffff",
        "c00000000000000000000000",
        "fffffffeffffffffffffffff",
        "ffffffff7fffffffffffffff",
      })
  void base256BeyondALongIsRefused(String hex) {
    TarHeader header = binary(hex);
    TarFormatException e = assertThrows(TarFormatException.class, () -> header.number(SIZE, 12));
    assertEquals("invalid tar header (number too large)", e.getMessage());
  }

  private static TarHeader binary(String hex) {
    byte[] block = RawTar.header("f", '0').unsealed();
    byte[] value = HexFormat.of().parseHex(hex);
    System.arraycopy(value, 0, block, SIZE, value.length);
    return TarHeader.extension(block);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "8000000000000001, 1",
    "80000000ffffffff, 4294967295",
    "ffffffffffffffff, -1",
    "fffffffffffffff0, -16",
    "bfffffffffffffff, 4611686018427387903",
  })
  void base256InAFieldOfEightBytes(String hex, long expected) throws Exception {
    assertEquals(expected, binary(hex).number(SIZE, 8));
  }

  @Test
  void noMemberHasLessThanNoData() throws Exception {
    TarHeader header = withSize("\u00ff".repeat(12));
    TarFormatException e = assertThrows(TarFormatException.class, header::size);
    assertEquals("invalid tar header (negative size)", e.getMessage());
  }

  @Test
  void eachFieldIsReadFromItsPlace() throws Exception {
    TarHeader header =
        TarHeader.parse(
            RawTar.header("name", '3')
                .at(100, "0001750\0")
                .at(108, "0000011\0")
                .at(116, "0000012\0")
                .at(124, "00000000013\0")
                .at(136, "00000000014\0")
                .link("target")
                .at(329, "0000015\0")
                .at(337, "0000016\0")
                .sealed());
    assertEquals("name", header.name());
    assertEquals('3', header.type());
    assertEquals(01750, header.mode());
    assertEquals(9, header.uid());
    assertEquals(10, header.gid());
    assertEquals(11, header.size());
    assertEquals(12, header.mtime());
    assertEquals("target", header.linkName());
    assertEquals(13, header.deviceMajor());
    assertEquals(14, header.deviceMinor());
  }

  @Test
  void fieldsThatAreFullHaveNoZeroByte() throws Exception {
    TarHeader header =
        TarHeader.parse(
            RawTar.header("n".repeat(100), '2')
                .link("l".repeat(100))
                .at(345, "p".repeat(155))
                .sealed());
    assertEquals("p".repeat(155) + "/" + "n".repeat(100), header.name());
    assertEquals("l".repeat(100), header.linkName());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'ustar.00', dir/f, false",
    "'ustar..0', dir/f, false",
    "'ustar__.', f, true",
    "'........', f, false",
    "'ustarx00', f, false",
  })
  void onlyPosixHasAPrefix(String magic, String name, boolean gnu) throws Exception {
    byte[] block = RawTar.header("f", '0').at(257, field(magic)).at(345, "dir").sealed();
    TarHeader header = TarHeader.parse(block);
    assertEquals(name, header.name());
    assertEquals(gnu, header.isGnu());
  }

  @Test
  void whatStandsBehindTheZeroByteIsNotTheName() throws Exception {
    assertEquals("f", TarHeader.parse(RawTar.header("f\0/etc/passwd", '0').sealed()).name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"caf\u00c3\u00a9", "\u00e2\u0082\u00ac", "\u00f0\u009f\u0090\u008b"})
  void namesAreUtf8(String bytes) throws Exception {
    String expected =
        new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    assertEquals(expected, TarHeader.parse(RawTar.header(bytes, '0').sealed()).name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caf\u00e9",
        "\u00c0\u00af",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "a\u00c3",
        "\u0080"
      })
  void bytesThatAreNotAreRefusedAndShown(String bytes) throws Exception {
    TarHeader header = TarHeader.parse(RawTar.header(bytes, '0').sealed());
    TarFormatException e = assertThrows(TarFormatException.class, header::name);
    assertEquals("file name is not UTF-8: " + bytes, e.getMessage());
  }

  private static byte[] withSum(byte[] block, long sum) {
    byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, block, CHECKSUM, digits.length);
    return block;
  }

  private static long sum(byte[] block, boolean signed) {
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + 8;
      sum += own ? ' ' : signed ? block[i] : block[i] & 0xff;
    }
    return sum;
  }

  @Test
  void theChecksumMayBeOfSignedOrUnsignedBytes() throws Exception {
    byte[] block = RawTar.header("caf\u00c3\u00a9", '0').unsealed();
    long unsigned = sum(block, false);
    long signed = sum(block, true);
    assertEquals(512, unsigned - signed, "two bytes are negative");
    assertEquals("caf\u00e9", TarHeader.parse(withSum(block, unsigned)).name());
    assertEquals("caf\u00e9", TarHeader.parse(withSum(block, signed)).name());
    for (long wrong : new long[] {unsigned - 1, unsigned + 1, signed - 1, signed + 1, 0}) {
      assertThrows(
          TarFormatException.class, () -> TarHeader.parse(withSum(block, wrong)), "sum " + wrong);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99, 100, 147, 156, 257, 344, 345, 499, 500, 511})
  void theChecksumCoversEveryByte(int offset) {
    byte[] block = RawTar.header("f", '0').sealed();
    block[offset]++;
    TarFormatException e = assertThrows(TarFormatException.class, () -> TarHeader.parse(block));
    assertEquals("invalid tar header (checksum mismatch)", e.getMessage());
  }

  @Test
  void aChecksumThatIsNoNumberIsRefused() {
    byte[] block = RawTar.header("f", '0').sealed();
    block[CHECKSUM] = 'x';
    assertThrows(TarFormatException.class, () -> TarHeader.parse(block));
  }

  @Test
  void aZeroBlockIsOneWithoutAnyBit() {
    assertTrue(TarHeader.isZero(new byte[512]));
    for (int at : new int[] {0, 255, 511}) {
      byte[] block = new byte[512];
      block[at] = (byte) 0x80;
      assertFalse(TarHeader.isZero(block), "bit at " + at);
    }
  }
}
