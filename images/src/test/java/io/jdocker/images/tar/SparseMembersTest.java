package io.jdocker.images.tar;

import static io.jdocker.images.testing.RawTar.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.tar.Members.Member;
import io.jdocker.images.tar.TarEntry.Segment;
import io.jdocker.images.testing.RawTar;
import java.io.EOFException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with holes in each of the four forms that GNU tar has written over the years. */
final class SparseMembersTest {
  private static final List<Segment> MAP = List.of(new Segment(0, 5), new Segment(4096, 6));
  private static final String DATA = "helloworld!";

  private static void holds(byte[] tar) throws Exception {
    List<Member> members = Members.read(tar);
    Member file = members.get(0);
    assertEquals("f", file.entry().name());
    assertEquals(MAP, file.entry().sparse());
    assertEquals(8192, file.entry().realSize());
    assertEquals(11, file.entry().size());
    assertEquals(DATA, file.data());
    assertEquals("next", members.get(1).entry().name(), "what follows is found");
    assertEquals("n", members.get(1).data());
  }

  private static RawTar pax(String records, String data) {
    return new RawTar()
        .member("pax", 'x', records)
        .member("f", '0', data)
        .member("next", '0', "n")
        .zeros(2);
  }

  private static RawTar.Header old(String... fields) {
    RawTar.Header header =
        RawTar.header("f", 'S').at(257, "ustar  \0").size(DATA.length()).at(483, octal(8192));
    for (int i = 0; i < fields.length; i++) {
      header.at(386 + 12 * i, fields[i]);
    }
    return header;
  }

  private static String octal(long number) {
    return String.format("%011o\0", number);
  }

  @Test
  void theOldForm() throws Exception {
    RawTar.Header header = old(octal(0), octal(5), octal(4096), octal(6));
    holds(new RawTar().header(header).data(DATA).member("next", '0', "n").build());
  }

  @Test
  void theOldFormEndsWithAnEmptySegmentAtTheFilesEnd() throws Exception {
    RawTar.Header header = old(octal(0), octal(5), octal(4096), octal(6), octal(8192), octal(0));
    holds(new RawTar().header(header).data(DATA).member("next", '0', "n").build());
  }

  @Test
  void theOldFormContinuesInBlocksOfItsOwn() throws Exception {
    String[] full = new String[8];
    StringBuilder data = new StringBuilder("abcd");
    for (int i = 0; i < 4; i++) {
      full[2 * i] = octal(i * 512L);
      full[2 * i + 1] = octal(1);
    }
    RawTar.Header header = old(full).size(4 + 22).at(482, "\1").at(483, octal(1 << 20));
    StringBuilder first = new StringBuilder();
    for (int i = 0; i < 21; i++) {
      first.append(octal((4 + i) * 512L)).append(octal(1));
      data.append('x');
    }
    String second = octal(25 * 512L) + octal(1);
    Member file =
        Members.read(
                new RawTar()
                    .header(header)
                    .data(first + "\1")
                    .data(second)
                    .data(data + "y")
                    .zeros(2)
                    .build())
            .get(0);
    assertEquals(26, file.entry().sparse().size());
    assertEquals(new Segment(25 * 512L, 1), file.entry().sparse().get(25));
    assertEquals("abcd" + "x".repeat(21) + "y", file.data());
  }

  @Test
  void theOldFormCutWithinItsMap() {
    RawTar.Header header = old(octal(0), octal(5)).at(482, "\1");
    assertThrows(TarFormatException.class, () -> Members.read(new RawTar().header(header).build()));
  }

  @Test
  void pax00RepeatsItsRecords() throws Exception {
    holds(
        pax(
                record("GNU.sparse.size", "8192")
                    + record("GNU.sparse.numblocks", "2")
                    + record("GNU.sparse.offset", "0")
                    + record("GNU.sparse.numbytes", "5")
                    + record("GNU.sparse.offset", "4096")
                    + record("GNU.sparse.numbytes", "6"),
                DATA)
            .build());
  }

  @Test
  void pax01ListsThem() throws Exception {
    String records =
        record("GNU.sparse.size", "8192")
            + record("GNU.sparse.numblocks", "2")
            + record("GNU.sparse.name", "f")
            + record("path", "./GNUSparseFile.1/f")
            + record("GNU.sparse.map", "0,5,4096,6");
    holds(pax(records, DATA).build());
  }

  private static String pax10(String realSize) {
    return record("GNU.sparse.major", "1")
        + record("GNU.sparse.minor", "0")
        + record("GNU.sparse.name", "f")
        + record("GNU.sparse.realsize", realSize);
  }

  private static String block(String text) {
    return text + "\0".repeat(-text.length() & 511);
  }

  @Test
  void pax10PutsTheMapBeforeTheData() throws Exception {
    holds(pax(pax10("8192"), block("2\n0\n5\n4096\n6\n") + DATA).build());
  }

  @Test
  void pax10MayEndWithAnEmptySegment() throws Exception {
    holds(pax(pax10("8192"), block("3\n0\n5\n4096\n6\n8192\n0\n") + DATA).build());
  }

  @Test
  void pax10NumbersMayCrossABlock() throws Exception {
    StringBuilder map = new StringBuilder("100\n");
    for (int i = 0; i < 100; i++) {
      map.append(1_000_000 + 10 * i).append("\n1\n");
    }
    String data = block(map.toString()) + "z".repeat(100);
    Member file = Members.read(pax(pax10("2000000"), data).build()).get(0);
    assertEquals(100, file.entry().sparse().size());
    assertEquals(new Segment(1_000_990, 1), file.entry().sparse().get(99));
    assertEquals("z".repeat(100), file.data());
  }

  @Test
  void aFileMayBeOneHole() throws Exception {
    TarEntry entry = Members.first(pax(pax10("1099511627776"), block("0\n")).build());
    assertEquals(List.of(), entry.sparse());
    assertEquals(0, entry.size());
    assertEquals(1L << 40, entry.realSize());
    TarEntry other = Members.first(pax(record("GNU.sparse.size", "4096"), "").build());
    assertEquals(4096, other.realSize());
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "x\n",
        "-1\n",
        "1000001\n",
        "\n",
        "2\n0\n5\n",
        "1\n0\n12\n",
        "1\n0\n10\n",
        "1\n9000\n11\n",
        "2\n4096\n5\n0\n6\n",
        "1\n0\nx\n",
        "99999999999999999999\n",
      })
  void pax10MapsThatLieAreRefused(String map) {
    byte[] tar = pax(pax10("8192"), block(map) + DATA).build();
    TarFormatException e = assertThrows(TarFormatException.class, () -> Members.read(tar));
    assertEquals("invalid sparse file map", e.getMessage());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "8192, '0,5,4096'",
    "8192, '0,5,4096,7'",
    "8192, '4096,6,0,5'",
    "8192, '0,5,4096,x'",
    "4100, '0,5,4096,6'",
    "-1, '0,5,4096,6'",
    "x, '0,5,4096,6'",
  })
  void pax01MapsThatLieAreRefused(String size, String map) {
    byte[] tar = pax(record("GNU.sparse.size", size) + record("GNU.sparse.map", map), DATA).build();
    assertThrows(TarFormatException.class, () -> Members.read(tar));
  }

  @Test
  void aLineOfAMapIsNotWithoutEnd() {
    String digits = "1".repeat(4096);
    byte[] tar = pax(pax10("8192"), digits).build();
    assertThrows(TarFormatException.class, () -> Members.read(tar));
  }

  @Test
  void aCutWithinTheDataIsTold() {
    byte[] whole = pax(pax10("8192"), block("2\n0\n5\n4096\n6\n") + DATA).build();
    byte[] cut = java.util.Arrays.copyOf(whole, 4 * RawTar.BLOCK + 5);
    assertThrows(EOFException.class, () -> Members.read(cut));
  }
}
