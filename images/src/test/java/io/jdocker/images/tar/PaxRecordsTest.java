package io.jdocker.images.tar;

import static io.jdocker.images.testing.RawTar.record;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaxRecordsTest {
  private static PaxRecords parse(String bytes) throws TarFormatException {
    return PaxRecords.parse(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void nothingIsNoRecord() throws Exception {
    assertEquals(Optional.empty(), PaxRecords.none().text("path"));
    assertEquals(Optional.empty(), parse("").text("path"));
    assertEquals(7, parse("").number("size", 7));
    assertEquals(Set.of(), parse("").attributes().keySet());
  }

  @Test
  void severalRecordsFollowEachOther() throws Exception {
    PaxRecords records = parse(record("path", "a/b") + record("uid", "9") + record("x", "y=z"));
    assertEquals(Optional.of("a/b"), records.text("path"));
    assertEquals(9, records.number("uid", 0));
    assertEquals(Optional.of("y=z"), records.text("x"), "only the first = parts key and value");
    assertEquals(Optional.empty(), records.text("pat"));
  }

  /** The length counts its own digits: at 9, 99 and 999 bytes it grows by one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 91, 92, 93, 94, 990, 991, 992, 993, 9990})
  void aLengthCountsItsOwnDigits(int size) throws Exception {
    String value = "v".repeat(size);
    PaxRecords records = parse(record("k", value) + record("next", "n"));
    assertEquals(Optional.of(value), records.text("k"));
    assertEquals(Optional.of("n"), records.text("next"));
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "8 path=x\n",
        "11 path=x\n",
        "8 path=x\n",
        "0 path=x\n",
        "1 path=x\n",
        "2 path=x\n",
        "-10 path=x\n",
        "+9 path=x\n",
        "0x9 path=x\n",
        " 9 path=x\n",
        "path=x\n",
        "10",
        "10 ",
        "2 \n",
        "3 \n\n",
        "9 nopair\n",
        "10 path=xy",
        "9999999999 path=x\n",
        "4294967306 path=x\n",
        "10 path=x\n\n junk",
      })
  void lengthsThatLieAreRefused(String bytes) {
    TarFormatException e = assertThrows(TarFormatException.class, () -> parse(bytes));
    assertEquals("invalid PAX header", e.getMessage());
  }

  @Test
  void aLineEndBelongsToTheValueWhereTheLengthSaysSo() throws Exception {
    String sneaky = "a\n9 uid=0\n";
    PaxRecords records = parse(record("comment", sneaky));
    assertEquals(Optional.of(sneaky), records.text("comment"));
    assertEquals(Optional.empty(), records.text("uid"), "no record within another's value");
  }

  @Test
  void recordsEndAtAZeroByte() throws Exception {
    PaxRecords records = parse(record("path", "x") + "\0\0\0" + record("uid", "1"));
    assertEquals(Optional.of("x"), records.text("path"));
    assertEquals(Optional.empty(), records.text("uid"));
  }

  @Test
  void theLastOfSeveralCounts() throws Exception {
    PaxRecords records = parse(record("path", "a") + record("uid", "1") + record("path", "b"));
    assertEquals(Optional.of("b"), records.text("path"));
  }

  @Test
  void anEmptyValueTakesTheKeyBack() throws Exception {
    PaxRecords records = parse(record("path", "a") + record("path", "") + record("uid", ""));
    assertEquals(Optional.empty(), records.text("path"));
    assertEquals(42, records.number("uid", 42));
  }

  @Test
  void textIsUtf8() throws Exception {
    assertEquals(Optional.of("caf\u00e9"), parse(record("path", "caf\u00c3\u00a9")).text("path"));
    assertEquals(
        Optional.of("x"), parse(record("caf\u00c3\u00a9", "x")).text("caf\u00e9"), "keys, too");
  }

  @Test
  void textThatIsNotUtf8IsRefusedWhenAskedFor() throws Exception {
    PaxRecords records = parse(record("path", "caf\u00e9") + record("uid", "1"));
    assertThrows(TarFormatException.class, () -> records.text("path"));
    assertEquals(1, records.number("uid", 0), "the others are good");
  }

  @Test
  void aKeyThatIsNotUtf8IsRefused() {
    assertThrows(TarFormatException.class, () -> parse(record("caf\u00e9", "x")));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "007, 7",
    "-1, -1"
  })
  void numbersAreDecimal(String text, long expected) throws Exception {
    assertEquals(expected, parse(record("size", text)).number("size", 99));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "0x10", "1e3", " 1", "1 ", "9223372036854775808", "--1"})
  void numbersThatAreNoneAreRefusedByName(String text) throws Exception {
    PaxRecords records = parse(record("size", text));
    TarFormatException e = assertThrows(TarFormatException.class, () -> records.number("size", 0));
    assertEquals("invalid PAX header (size=" + text + ")", e.getMessage());
  }

  @Test
  void attributesAreBytes() throws Exception {
    String capability = "\1\0\0\2\0\4\0\0\0\0\0\0\u00ff\u0080=\n ";
    PaxRecords records =
        parse(
            record("SCHILY.xattr.security.capability", capability)
                + record("SCHILY.xattr.user.empty", "")
                + record("SCHILY.acl.access", "user::rw-")
                + record("path", "x"));
    assertEquals(Set.of("security.capability", "user.empty"), records.attributes().keySet());
    assertArrayEquals(
        capability.getBytes(StandardCharsets.ISO_8859_1),
        records.attributes().get("security.capability"));
    assertEquals(0, records.attributes().get("user.empty").length);
  }

  @Test
  void bsdtarWritesAttributesInBase64() throws Exception {
    PaxRecords records =
        parse(
            record("LIBARCHIVE.xattr.user.a", "AAH/")
                + record("LIBARCHIVE.xattr.user.b", "AQ")
                + record("LIBARCHIVE.xattr.user.c", "AQ=="));
    assertArrayEquals(new byte[] {0, 1, -1}, records.attributes().get("user.a"));
    assertArrayEquals(new byte[] {1}, records.attributes().get("user.b"));
    assertArrayEquals(new byte[] {1}, records.attributes().get("user.c"));
  }

  @Test
  void ofBothFormsThePlainOneCountsWhicheverComesFirst() throws Exception {
    String plain = record("SCHILY.xattr.user.a", "plain");
    String coded = record("LIBARCHIVE.xattr.user.a", "AAH/");
    for (String both : List.of(plain + coded, coded + plain)) {
      assertArrayEquals(
          "plain".getBytes(StandardCharsets.US_ASCII), parse(both).attributes().get("user.a"));
    }
  }

  @Test
  void theLastValueOfAnAttributeCounts() throws Exception {
    PaxRecords records =
        parse(record("SCHILY.xattr.user.a", "1") + record("SCHILY.xattr.user.a", "2"));
    assertArrayEquals(new byte[] {'2'}, records.attributes().get("user.a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A*==", "AQ=", "AQ==x", "\u00e9"})
  void brokenBase64IsRefusedByName(String value) throws Exception {
    PaxRecords records = parse(record("LIBARCHIVE.xattr.user.a", value));
    TarFormatException e = assertThrows(TarFormatException.class, records::attributes);
    assertEquals("invalid PAX header (LIBARCHIVE.xattr.user.a)", e.getMessage());
  }

  @Test
  void repeatedKeysKeepTheirOrder() throws Exception {
    PaxRecords records =
        parse(
            record("GNU.sparse.offset", "0")
                + record("GNU.sparse.numbytes", "5")
                + record("comment", "between")
                + record("GNU.sparse.offset", "100")
                + record("GNU.sparse.numbytes", "6"));
    assertEquals(
        List.of("0", "5", "100", "6"), records.all("GNU.sparse.offset", "GNU.sparse.numbytes"));
    assertEquals(List.of(), records.all("a", "b"));
  }
}
