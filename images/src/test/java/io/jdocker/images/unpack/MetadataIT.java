package io.jdocker.images.unpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners, modes, times, attributes and kinds of file come out as the archive has them. */
class MetadataIT {
  @TempDir Path base;
  private UnpackFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new UnpackFixture(base);
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  private static TarArchiveEntry owned(String name, byte type, int mode, long uid, long gid) {
    TarArchiveEntry entry = TarBuilder.entry(name, type, mode);
    entry.setUserId(uid);
    entry.setGroupId(gid);
    return entry;
  }

  @Test
  void setuidSurvivesTheChangeOfOwner() throws IOException {
    Path layer =
        fixture.layer(new TarBuilder().add(owned("su", TarConstants.LF_NORMAL, 04755, 7, 8)));
    FileStatus su = fixture.status(layer.resolve("su"));
    assertEquals(04755, su.permissions());
    assertEquals(7, su.uid());
    assertEquals(8, su.gid());
  }

  @Test
  void ownersUpToFourThousandMillionAreKept() throws IOException {
    Path layer =
        fixture.layer(
            new TarBuilder()
                .add(owned("big", TarConstants.LF_NORMAL, 0600, 3_000_000_000L, 1L << 21)));
    FileStatus big = fixture.status(layer.resolve("big"));
    assertEquals(3_000_000_000L, Integer.toUnsignedLong(big.uid()));
    assertEquals(1 << 21, big.gid());
  }

  @Test
  void capabilitiesSurviveAsBytes() throws IOException {
    // vfs_cap_data revision 2: cap_setpcap and cap_net_raw, effective; 0x80 is no UTF-8.
    byte[] capability = HexFormat.of().parseHex("0100000280210000000000000000000000000000");
    String value = new String(capability, StandardCharsets.ISO_8859_1);
    Path layer =
        fixture.layer(
            new TarBuilder().file("ping", "", Map.of("SCHILY.xattr.security.capability", value)));
    assertArrayEquals(capability, fixture.attribute(layer.resolve("ping"), "security.capability"));
  }

  @Test
  void overlaysOwnAttributesAreDropped() throws IOException {
    Path layer =
        fixture.layer(
            new TarBuilder()
                .file(
                    "x",
                    "",
                    Map.of(
                        "SCHILY.xattr.trusted.overlay.opaque", "y",
                        "SCHILY.xattr.user.foo", "bar")));
    assertEquals(List.of("user.foo"), fixture.attributes(layer.resolve("x")));
    assertEquals(List.of(), fixture.warnings);
  }

  @Test
  void anAttributeTheFileSystemCannotHoldIsAWarning() throws IOException {
    // user.* attributes exist on files and folders only (xattr(7)).
    TarArchiveEntry link = TarBuilder.entry("l", TarConstants.LF_SYMLINK, 0777);
    link.setLinkName("x");
    link.addPaxHeader("SCHILY.xattr.user.foo", "bar");
    fixture.layer(new TarBuilder().add(link));
    assertEquals(1, fixture.warnings.size());
    assertTrue(fixture.warnings.get(0).contains("user.foo"), fixture.warnings.get(0));
  }

  @Test
  void timesKeepTheirFractionAlsoBeforeTheEpoch() throws IOException {
    Path layer =
        fixture.layer(
            new TarBuilder()
                .file("now", "", Map.of("mtime", "1700000000.123456789"))
                .file("old", "", Map.of("mtime", "-4.5")));
    FileStatus now = fixture.status(layer.resolve("now"));
    assertEquals(1_700_000_000L, now.mtimeSeconds());
    assertEquals(123_456_789, now.mtimeNanos());
    FileStatus old = fixture.status(layer.resolve("old"));
    assertEquals(-5, old.mtimeSeconds());
    assertEquals(500_000_000, old.mtimeNanos());
  }

  @Test
  void foldersGetTheirTimeAndModeAfterTheirFiles() throws IOException {
    Path layer =
        fixture.layer(
            new TarBuilder()
                .directory(".", 0711)
                .directory("d", 02550)
                .file("d/f", "x", 0644)
                .file("implied/f", "x", 0644));
    assertEquals(0, fixture.status(layer.resolve("d")).mtimeSeconds());
    assertEquals(02550, fixture.status(layer.resolve("d")).permissions());
    assertEquals(0, fixture.status(layer.resolve("d/f")).gid(), "set-gid came later");
    assertEquals(0755, fixture.status(layer.resolve("implied")).permissions());
    assertEquals(0711, fixture.status(layer).permissions());
  }

  @Test
  void theRootTakesAfterTheLowerLayersRoot() throws IOException {
    fixture.layer(new TarBuilder().directory(".", 0700));
    Path layer = fixture.layer(new TarBuilder().file("x", "", 0644));
    assertEquals(0700, fixture.status(layer).permissions());
  }

  @Test
  void devicesAndFifosAreMade() throws IOException {
    TarArchiveEntry device = TarBuilder.entry("null", TarConstants.LF_CHR, 0666);
    device.setDevMajor(1);
    device.setDevMinor(3);
    TarArchiveEntry disk = TarBuilder.entry("disk", TarConstants.LF_BLK, 0660);
    disk.setDevMajor(259);
    disk.setDevMinor(300);
    Path layer =
        fixture.layer(
            new TarBuilder()
                .add(device)
                .add(disk)
                .add(TarBuilder.entry("fifo", TarConstants.LF_FIFO, 0600)));
    FileStatus made = fixture.status(layer.resolve("null"));
    assertEquals(FileStatus.S_IFCHR, made.type());
    assertEquals(FileStatus.makeDevice(1, 3), made.rdev());
    assertEquals(0666, made.permissions());
    FileStatus block = fixture.status(layer.resolve("disk"));
    assertEquals(FileStatus.S_IFBLK, block.type());
    assertEquals(FileStatus.makeDevice(259, 300), block.rdev());
    assertEquals(FileStatus.S_IFIFO, fixture.status(layer.resolve("fifo")).type());
  }

  @Test
  void aDeviceThatWouldBeAWhiteoutIsRefused() {
    TarBuilder tar = new TarBuilder().add(TarBuilder.entry("x", TarConstants.LF_CHR, 0600));
    assertThrows(TarFormatException.class, () -> fixture.layer(tar));
  }

  @Test
  void theLastOfTheSameNameWins() throws IOException {
    Path layer =
        fixture.layer(
            new TarBuilder()
                .file("x", "first", 0644)
                .file("x", "last", 0600)
                .directory("d", 0755)
                .file("d/inner", "gone", 0644)
                .file("d", "a file now", 0644)
                .file("e", "", 0644)
                .directory("e", 0755));
    assertEquals("last", Files.readString(layer.resolve("x")));
    assertEquals("a file now", Files.readString(layer.resolve("d")));
    assertTrue(Files.isDirectory(layer.resolve("e")));
  }

  @Test
  void oddNamesAreKept() throws IOException {
    String longName = "n".repeat(255);
    String deep = "d".repeat(200) + "/" + "e".repeat(200) + "/" + longName;
    Path layer =
        fixture.layer(
            new TarBuilder()
                .file("-rf", "", 0644)
                .file("with space\nand line", "", 0644)
                .file("umläut-日本", "", 0644)
                .file(deep, "deep", 0644));
    assertEquals(6, new java.io.File(layer.toString()).list().length + 2);
    assertEquals("deep", Files.readString(layer.resolve(deep)));
    assertThrows(
        TarFormatException.class,
        () -> fixture.layer(new TarBuilder().file("n".repeat(256), "", 0644)));
  }

  @Test
  void sparseFilesKeepTheirHoles() throws Exception {
    Path sparse = base.resolve("sparse");
    Path tar = base.resolve("s.tar");
    for (String format :
        List.of(
            "gnu",
            "pax --sparse-version=0.0",
            "pax --sparse-version=0.1",
            "posix --sparse-version=1.0")) {
      String command =
          "cd "
              + base
              + " && rm -f sparse && truncate -s 4M sparse"
              + " && printf head | dd of=sparse conv=notrunc status=none"
              + " && printf tail | dd of=sparse bs=1 seek=3000000 conv=notrunc status=none"
              + " && tar --sparse --format="
              + format
              + " -cf s.tar sparse";
      assertEquals(0, new ProcessBuilder("sh", "-c", command).start().waitFor(), format);
      Path file = fixture.layer(Files.readAllBytes(tar)).resolve("sparse");
      assertEquals(-1, Files.mismatch(sparse, file), format);
    }
  }

  @Test
  void aHostileSparseMapIsRefused() {
    byte[] tar =
        new TarBuilder()
            .file("x", "data", Map.of("GNU.sparse.size", "9", "GNU.sparse.map", "0,4,2,4"))
            .build();
    assertThrows(TarFormatException.class, () -> fixture.layer(tar));
  }

  @Test
  void textOfANameMayNotHoldNul() {
    byte[] tar = new TarBuilder().file("x", "", Map.of("path", "a\0b")).build();
    assertThrows(TarFormatException.class, () -> fixture.layer(tar));
  }
}
