package io.jdocker.images.tar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
  private static TarReader reader(byte[] tar) {
    return new TarReader(new ByteArrayInputStream(tar));
  }

  private static List<TarEntry> entries(byte[] tar) throws IOException {
    TarReader reader = reader(tar);
    List<TarEntry> entries = new ArrayList<>();
    for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      entries.add(next.get());
    }
    return entries;
  }

  @Test
  void membersComeInOrderWithTheirData() throws IOException {
    TarReader reader =
        reader(
            new TarBuilder()
                .directory("d", 01777)
                .file("d/f", "content", 0640)
                .symlink("s", "d/f")
                .hardLink("h", "d/f")
                .build());
    TarEntry folder = reader.next().orElseThrow();
    assertEquals(TarType.DIRECTORY, folder.type());
    assertEquals(01777, folder.mode());
    TarEntry file = reader.next().orElseThrow();
    assertEquals(7, file.size());
    byte[] content = new byte[100];
    assertEquals(7, reader.read(content, 0, content.length));
    assertArrayEquals("content".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(content, 7));
    assertEquals(-1, reader.read(content, 0, content.length));
    assertEquals("d/f", reader.next().orElseThrow().linkName());
    assertEquals(TarType.HARD_LINK, reader.next().orElseThrow().type());
    assertTrue(reader.next().isEmpty());
  }

  @Test
  void gnuLongNamesAndLinksAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String name = "d/".repeat(200) + "f";
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
      TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(name + "2");
      entry.setUserId(3_000_000_000L);
      entry.setModTime(-5000L);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    TarEntry entry = entries(bytes.toByteArray()).get(0);
    assertEquals(name, entry.name());
    assertEquals(name + "2", entry.linkName());
    assertEquals(3_000_000_000L, entry.uid());
    assertEquals(-5, entry.mtimeSeconds());
  }

  @Test
  void paxRecordsOverrideTheHeader() throws IOException {
    Map<String, String> pax = new HashMap<>();
    pax.put("path", "other");
    pax.put("uid", "2097152");
    pax.put("mtime", "1.5");
    pax.put("SCHILY.xattr.user.a", "\u0000\u0080=\n");
    pax.put("LIBARCHIVE.xattr.user.b", "YWI");
    TarEntry entry = entries(new TarBuilder().file("x", "", pax).build()).get(0);
    assertEquals("other", entry.name());
    assertEquals(2_097_152, entry.uid());
    assertEquals(500_000_000, entry.mtimeNanos());
    assertArrayEquals(new byte[] {0, (byte) 0x80, '=', '\n'}, entry.attributes().get("user.a"));
    assertArrayEquals(new byte[] {'a', 'b'}, entry.attributes().get("user.b"));
  }

  @Test
  void aGlobalHeaderSaysNothingAboutFiles() throws IOException {
    TarArchiveEntry global = TarBuilder.entry("pax_global_header", (byte) 'g', 0644);
    global.addPaxHeader("comment", "written by git archive");
    byte[] tar = new TarBuilder().add(global).file("x", "", 0644).build();
    assertEquals(1, entries(tar).size());
  }

  @Test
  void anArchiveMayEndWithoutTrailer() throws IOException {
    byte[] tar = new TarBuilder().file("x", "", 0644).build();
    assertEquals(1, entries(Arrays.copyOf(tar, 512)).size());
    assertEquals(0, entries(new byte[0]).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 513, 1000, 1535})
  void aCutIsToldFromTheEnd(int length) {
    byte[] tar = new TarBuilder().file("x", "c".repeat(1000), 0644).build();
    EOFException e = assertThrows(EOFException.class, () -> entries(Arrays.copyOf(tar, length)));
    assertEquals("archive is cut short", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "999 path=x\n",
        "8 path=x\n",
        "x path=y\n",
        " path=x\n",
        "7 path\n",
        "99999999999 a"
      })
  void damagedPaxHeadersAreRefused(String record) {
    byte[] tar =
        new TarBuilder()
            .add(TarBuilder.entry("pax", (byte) 'x', 0644), record.getBytes(StandardCharsets.UTF_8))
            .file("x", "", 0644)
            .build();
    assertThrows(TarFormatException.class, () -> entries(tar));
  }

  @Test
  void aDamagedHeaderIsRefused() {
    byte[] tar = new TarBuilder().file("x", "", 0644).build();
    tar[0] = 'y';
    TarFormatException e = assertThrows(TarFormatException.class, () -> entries(tar));
    assertEquals("invalid tar header (checksum mismatch)", e.getMessage());
  }

  @Test
  void unknownKindsAndOwnersAreRefused() {
    byte[] kind = new TarBuilder().add(TarBuilder.entry("x", (byte) 'Z', 0644)).build();
    assertThrows(TarFormatException.class, () -> entries(kind));
    byte[] owner = new TarBuilder().file("x", "", Map.of("uid", "4294967295")).build();
    assertThrows(TarFormatException.class, () -> entries(owner));
    byte[] negative = new TarBuilder().file("x", "", Map.of("size", "-1")).build();
    assertThrows(TarFormatException.class, () -> entries(negative));
  }

  @Test
  void cve202325153ExtensionsAreBounded() {
    byte[] tar =
        new TarBuilder().add(TarBuilder.entry("pax", (byte) 'x', 0644), new byte[2 << 20]).build();
    TarFormatException e = assertThrows(TarFormatException.class, () -> entries(tar));
    assertTrue(e.getMessage().contains("too large"), e.getMessage());
  }

  @Test
  void namesThatAreNoTextAreRefused() {
    byte[] tar = new TarBuilder().file("x", "", Map.of("path", "caf\u00e9")).build();
    TarFormatException e = assertThrows(TarFormatException.class, () -> entries(tar));
    assertTrue(e.getMessage().startsWith("file name is not UTF-8"), e.getMessage());
  }
}
