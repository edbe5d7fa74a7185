package io.jdocker.images.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaxWriterTest {
  private static final TarEntry FILE = TarEntry.plain("f", TarType.FILE, 0644, 0);

  private static PaxWriter records(TarEntry entry) {
    PaxWriter writer = new PaxWriter();
    writer.addAll(entry, entry.name(), 100);
    return writer;
  }

  private static String written(TarEntry entry) {
    return new String(records(entry).build(), StandardCharsets.UTF_8);
  }

  private static TarEntry with(Map<String, byte[]> attributes) {
    return new TarEntry("f", TarType.FILE, 0644, 0, 0, 0, 0, 0, "", 0, 0, attributes, List.of(), 0);
  }

  @Test
  void whatAHeaderHoldsNeedsNoRecord() {
    assertTrue(records(FILE).isEmpty());
    assertTrue(records(FILE.withName("n".repeat(100))).isEmpty());
    assertTrue(records(FILE.withOwner(2_097_151, 2_097_151)).isEmpty());
    assertTrue(records(FILE.withTime(1_700_000_000, 0)).isEmpty());
    assertEquals("", written(FILE));
  }

  @Test
  void theFirstThatDoesNotFitHasOne() {
    assertEquals("111 path=" + "n".repeat(101) + "\n", written(FILE.withName("n".repeat(101))));
    assertEquals("15 uid=2097152\n", written(FILE.withOwner(2_097_152, 0)));
    assertEquals("15 gid=2097152\n", written(FILE.withOwner(0, 2_097_152)));
    assertEquals(
        "19 size=8589934592\n", written(TarEntry.plain("f", TarType.FILE, 0644, 8L << 30)));
    assertEquals(
        "115 linkpath=" + "l".repeat(101) + "\n",
        written(FILE.withLink(TarType.SYMBOLIC_LINK, "l".repeat(101))));
  }

  @Test
  void aNameIsMeasuredInBytes() {
    assertTrue(records(FILE.withName("\u00e9".repeat(50))).isEmpty());
    assertFalse(records(FILE.withName("\u00e9".repeat(51))).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.000000001",
    "1, 500000000, 1.5",
    "12, 120000000, 12.12",
    "-1, 0, -1",
    "-1, 500000000, -0.5",
    "-5, 500000000, -4.5",
    "-5, 999999999, -4.000000001",
  })
  void timesAreDecimalSeconds(long seconds, int nanos, String expected) throws Exception {
    String record = written(FILE.withTime(seconds, nanos));
    assertEquals("mtime=" + expected + "\n", record.substring(record.indexOf(' ') + 1));
    assertEquals(new PaxTime(seconds, nanos), PaxTime.parse(expected), "and are read so");
  }

  @Test
  void recordsAreSortedSoThatTheSameMemberGivesTheSameBytes() {
    TarEntry entry =
        with(Map.of("user.b", new byte[] {'2'}, "user.a", new byte[] {'1'}))
            .withOwner(3_000_000, 3_000_000);
    assertEquals(
        "25 SCHILY.xattr.user.a=1\n25 SCHILY.xattr.user.b=2\n15 gid=3000000\n15 uid=3000000\n",
        written(entry));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 73, 74, 75, 76, 77, 972, 973, 974, 975, 976, 9973, 65536})
  void everyLengthIsReadBack(int size) throws Exception {
    byte[] value = new byte[size];
    for (int i = 0; i < size; i++) {
      value[i] = (byte) (i * 31);
    }
    byte[] bytes = records(with(Map.of("user.a", value))).build();
    int space = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(' ');
    assertEquals(
        bytes.length, Integer.parseInt(new String(bytes, 0, space, StandardCharsets.US_ASCII)));
    assertArrayEquals(value, PaxRecords.parse(bytes).attributes().get("user.a"));
  }

  @Test
  void everyRecordIsReadBackBesideTheOthers() throws Exception {
    String name = "\u20ac".repeat(99);
    TarEntry entry =
        with(Map.of("security.capability", new byte[] {1, 0, 0, 2, '\n', '='}))
            .withName(name)
            .withOwner(4_294_967_294L, 2_097_152)
            .withTime(-7, 1);
    PaxRecords records = PaxRecords.parse(records(entry).build());
    assertEquals(Optional.of(name), records.text("path"));
    assertEquals(4_294_967_294L, records.number("uid", 0));
    assertEquals(2_097_152, records.number("gid", 0));
    assertEquals(Optional.of("-6.999999999"), records.text("mtime"));
    assertArrayEquals(
        new byte[] {1, 0, 0, 2, '\n', '='}, records.attributes().get("security.capability"));
  }
}
