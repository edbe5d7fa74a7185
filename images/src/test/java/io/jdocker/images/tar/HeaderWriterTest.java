package io.jdocker.images.tar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderWriterTest {
  private static String shown(byte[] block, HeaderWriter.Field field) {
    byte[] bytes = Arrays.copyOfRange(block, field.offset(), field.offset() + field.length());
    return new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', '.');
  }

  @ParameterizedTest
  @CsvSource({"0, 0000000.", "493, 0000755.", "2097151, 7777777."})
  void numbersAreOctalDigitsAndAZeroByte(long value, String expected) {
    byte[] block = new HeaderWriter().number(HeaderWriter.MODE, value).build();
    assertEquals(expected, shown(block, HeaderWriter.MODE));
  }

  @Test
  void aSizeHasElevenDigits() {
    byte[] block = new HeaderWriter().number(HeaderWriter.SIZE, 077777777777L).build();
    assertEquals("77777777777.", shown(block, HeaderWriter.SIZE));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 2097152, Long.MAX_VALUE, Long.MIN_VALUE})
  void whatDoesNotFitIsNeverWrittenShort(long value) {
    HeaderWriter writer = new HeaderWriter();
    assertThrows(IllegalArgumentException.class, () -> writer.number(HeaderWriter.UID, value));
  }

  @Test
  void aShorterNumberReplacesALongerOne() {
    byte[] block =
        new HeaderWriter().number(HeaderWriter.UID, 2_097_151).number(HeaderWriter.UID, 1).build();
    assertEquals("0000001.", shown(block, HeaderWriter.UID));
  }

  @Test
  void textsAreCutToTheirField() {
    byte[] block =
        new HeaderWriter()
            .text(HeaderWriter.NAME, "n".repeat(101))
            .text(HeaderWriter.LINK, "l".repeat(300))
            .type('2')
            .build();
    assertEquals("n".repeat(100), shown(block, HeaderWriter.NAME));
    assertEquals("l".repeat(100), shown(block, HeaderWriter.LINK));
    assertEquals("0000000.", shown(block, HeaderWriter.MODE), "the next field is whole");
    assertEquals("ustar.00", shown(block, new HeaderWriter.Field(257, 8)));
  }

  @Test
  void theChecksumIsSixDigitsAZeroByteAndABlank() {
    byte[] block = new HeaderWriter().text(HeaderWriter.NAME, "f").type('0').build();
    int sum = 8 * ' ';
    for (int i = 0; i < block.length; i++) {
      sum += i >= 148 && i < 156 ? 0 : block[i] & 0xff;
    }
    assertEquals(String.format("%06o. ", sum), shown(block, new HeaderWriter.Field(148, 8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f", "caf\u00e9", "\u20ac", ""})
  void theReaderAgrees(String name) throws Exception {
    byte[] block =
        new HeaderWriter()
            .text(HeaderWriter.NAME, name)
            .number(HeaderWriter.UID, 1000)
            .number(HeaderWriter.MTIME, 1_700_000_000)
            .type('6')
            .build();
    TarHeader header = TarHeader.parse(block);
    assertEquals(name, header.name());
    assertEquals(1000, header.uid());
    assertEquals(1_700_000_000, header.mtime());
    assertEquals('6', header.type());
  }
}
