package io.jdocker.images.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the writer writes is read back by our reader, and by another project's. */
final class TarWriterTest {
  private static final byte[] CAPABILITY = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, (byte) 0xff, '\n', '='};

  private static TarEntry file(String name) {
    return TarEntry.plain(name, TarType.FILE, 0644, 3);
  }

  private static byte[] written(TarEntry... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(out);
    for (TarEntry entry : entries) {
      tar.put(entry, new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8)));
    }
    tar.finish();
    return out.toByteArray();
  }

  private static TarEntry readBack(TarEntry entry) throws IOException {
    TarReader reader = new TarReader(new ByteArrayInputStream(written(entry)));
    TarEntry read = reader.next().orElseThrow();
    assertFalse(reader.next().isPresent());
    return read;
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("short", "f"),
        Arguments.of("with blanks", " a  b "),
        Arguments.of("99 bytes", "x".repeat(99)),
        Arguments.of("100 bytes", "x".repeat(100)),
        Arguments.of("101 bytes", "x".repeat(101)),
        Arguments.of("deep", "folder/".repeat(60) + "f"),
        Arguments.of("unicode", "grüße/日本/🐳"),
        Arguments.of("100 bytes of unicode", "ü".repeat(50)),
        Arguments.of("102 bytes of unicode", "ü".repeat(51)),
        Arguments.of("line end", "a\nb"),
        Arguments.of("leading dash", "-rf"),
        Arguments.of("equals", "a=b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void namesComeBack(String what, String name) throws IOException {
    assertEquals(name, readBack(file(name)).name(), what);
    TarEntry link = file("l").withLink(TarType.SYMBOLIC_LINK, name);
    assertEquals(name, readBack(link).linkName(), what);
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of(0L, 0L, 0L, 0),
        Arguments.of(07777777L, 07777777L, 1L, 0),
        Arguments.of(010000000L, 010000000L, 1_700_000_000L, 0),
        Arguments.of(4294967294L, 4294967294L, 8_589_934_591L, 0),
        Arguments.of(1L, 2L, 1L, 1),
        Arguments.of(1L, 2L, 1L, 120_000_000),
        Arguments.of(1L, 2L, 1_234_567_890L, 999_999_999),
        Arguments.of(1L, 2L, -1L, 0),
        Arguments.of(1L, 2L, -5L, 250_000_000),
        Arguments.of(1L, 2L, -1L, 999_999_999));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void ownersAndTimesComeBack(long uid, long gid, long seconds, int nanos) throws IOException {
    TarEntry read = readBack(file("f").withOwner(uid, gid).withTime(seconds, nanos));
    assertEquals(uid, read.uid());
    assertEquals(gid, read.gid());
    assertEquals(seconds, read.mtimeSeconds());
    assertEquals(nanos, read.mtimeNanos());
  }

  @Test
  void aSizeBeyondOctalDigitsIsInARecord() {
    // Only the header can be looked at: nobody writes eight gigabytes here.
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarEntry huge = TarEntry.plain("huge", TarType.FILE, 0644, 1L << 33);
    assertThrows(
        EOFException.class,
        () -> new TarWriter(out).put(huge, java.io.InputStream.nullInputStream()));
    assertTrue(out.toString(StandardCharsets.ISO_8859_1).contains("size=8589934592\n"));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource(TarType.class)
  void kindsComeBack(TarType type) throws IOException {
    boolean link = type == TarType.HARD_LINK || type == TarType.SYMBOLIC_LINK;
    TarEntry entry =
        link
            ? file("x").withLink(type, "target")
            : new TarEntry(
                "x",
                type,
                07755,
                0,
                0,
                type == TarType.FILE ? 3 : 0,
                0,
                0,
                "",
                1,
                5,
                Map.of(),
                List.of(),
                0);
    TarEntry read = readBack(entry);
    assertEquals(type, read.type());
    assertEquals(type == TarType.DIRECTORY ? "x/" : "x", read.name());
    if (type == TarType.CHARACTER_DEVICE || type == TarType.BLOCK_DEVICE) {
      assertEquals(1, read.deviceMajor());
      assertEquals(5, read.deviceMinor());
    }
    assertEquals(link ? 0644 : 07755, read.mode());
  }

  @Test
  void attributesAreBytes() throws IOException {
    TarEntry entry =
        new TarEntry(
            "f",
            TarType.FILE,
            0755,
            0,
            0,
            3,
            0,
            0,
            "",
            0,
            0,
            Map.of("security.capability", CAPABILITY, "user.empty", new byte[0]),
            List.of(),
            3);
    Map<String, byte[]> read = readBack(entry).attributes();
    assertArrayEquals(CAPABILITY, read.get("security.capability"));
    assertArrayEquals(new byte[0], read.get("user.empty"));
  }

  @Test
  void theSameMembersGiveTheSameBytes() throws IOException {
    TarEntry entry =
        new TarEntry(
            "f".repeat(120),
            TarType.FILE,
            0755,
            3_000_000,
            0,
            3,
            5,
            7,
            "",
            0,
            0,
            Map.of("user.b", CAPABILITY, "user.a", CAPABILITY),
            List.of(),
            3);
    assertArrayEquals(written(entry, file("g")), written(entry, file("g")));
    assertEquals(0, written(entry, file("g")).length % 512);
  }

  @Test
  void anotherReaderReadsIt() throws IOException {
    TarEntry entry =
        file("grüße/" + "d/".repeat(60) + "f").withOwner(3_000_000_000L, 5).withMode(06755);
    TarArchiveInputStream other =
        new TarArchiveInputStream(
            new ByteArrayInputStream(written(entry, file("second"))), "UTF-8");
    TarArchiveEntry first = other.getNextEntry();
    assertEquals(entry.name(), first.getName());
    assertEquals(3_000_000_000L, first.getLongUserId());
    assertEquals(06755, first.getMode());
    assertEquals("abc", new String(other.readAllBytes(), StandardCharsets.UTF_8));
    assertEquals("second", other.getNextEntry().getName());
  }

  @Test
  void aFileThatBecameShorterIsAnError() {
    TarEntry entry = TarEntry.plain("f", TarType.FILE, 0644, 10);
    EOFException e = assertThrows(EOFException.class, () -> written(entry));
    assertEquals("f became shorter while it was read", e.getMessage());
  }

  @Test
  void aFileThatGrewIsCutAtWhatTheHeaderSays() throws IOException {
    TarReader reader =
        new TarReader(
            new ByteArrayInputStream(
                written(TarEntry.plain("f", TarType.FILE, 0644, 2), file("next"))));
    reader.next();
    assertEquals("ab", new String(reader.content().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals("next", reader.next().orElseThrow().name());
  }
}
