package io.jdocker.images.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.testing.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Layers that try to write outside of their folder: CVE-2014-6407 (symbolic and hard links),
 * CVE-2014-9356 (absolute links), CVE-2014-9357 (compressed archives, see the store's tests) and
 * CVE-2021-29136 (a root that is no folder).
 */
class BreakoutIT {
  private static final String GOOD = "unbroken";

  @TempDir Path base;
  private UnpackFixture fixture;
  private Path secret;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new UnpackFixture(base);
    secret = Files.createDirectories(base.resolve("etc")).resolve("passwd");
    Files.writeString(secret, "host");
  }

  @AfterEach
  void hostIsUntouched() throws IOException {
    fixture.close();
    assertEquals("host", Files.readString(secret));
    assertEquals(1, Files.getAttribute(secret, "unix:nlink"));
    try (Stream<Path> files = Files.list(secret.getParent())) {
      assertEquals(1, files.count(), "nothing was added beside it");
    }
  }

  private static TarBuilder etc() {
    return new TarBuilder().directory("etc", 0755);
  }

  private Path unpack(TarBuilder tar) throws IOException {
    return fixture.layer(tar);
  }

  private void assertInEtc(TarBuilder tar) throws IOException {
    assertEquals(GOOD, Files.readString(unpack(tar).resolve("etc/unbroken")));
  }

  @Test
  void cve20146407SymlinkAbsolute() throws IOException {
    assertInEtc(etc().symlink("localetc", "/etc").file("/localetc/unbroken", GOOD, 0644));
  }

  @Test
  void cve20146407SymlinkToHostFolder() throws IOException {
    Path layer =
        unpack(
            new TarBuilder()
                .symlink("l", secret.getParent().toString())
                .file("l/jdocker-pwn", GOOD, 0644));
    // The missing folders of the link's target are made, but within the layer.
    Path inside = layer.resolve(secret.getParent().toString().substring(1));
    assertEquals(GOOD, Files.readString(inside.resolve("jdocker-pwn")));
  }

  @Test
  void cve20146407SymlinkUpAndOut() throws IOException {
    assertInEtc(
        etc()
            .directory("dummy", 0755)
            .symlink("localetc", "/dummy/../etc")
            .file("/localetc/unbroken", GOOD, 0644));
    assertInEtc(etc().symlink("up", "../../../../etc").file("up/unbroken", GOOD, 0644));
  }

  @Test
  void cve20146407SymlinkMultipleAbsolute() throws IOException {
    assertInEtc(
        etc()
            .directory("dummy", 0755)
            .symlink("/dummy/etc", "/etc")
            .symlink("localetc", "/dummy/etc")
            .file("/dummy/etc/unbroken", GOOD, 0644));
  }

  @Test
  void cve20146407SymlinkMultipleRelative() throws IOException {
    assertInEtc(
        etc()
            .directory("dummy", 0755)
            .symlink("/dummy/etc", "/etc")
            .symlink("localetc", "./dummy/etc")
            .file("/localetc/unbroken", GOOD, 0644));
  }

  @Test
  void cve20146407SymlinkEmptyFile() throws IOException {
    Path layer =
        unpack(
            etc()
                .file("etc/emptied", "notempty", 0644)
                .symlink("localetc", "/etc")
                .file("/localetc/emptied", "", 0644));
    assertEquals("", Files.readString(layer.resolve("etc/emptied")));
  }

  @Test
  void cve20146407FinalSymlinkIsReplacedNotFollowed() throws IOException {
    Path layer =
        unpack(new TarBuilder().symlink("passwd", secret.toString()).file("passwd", GOOD, 0644));
    assertEquals(GOOD, Files.readString(layer.resolve("passwd")));
    assertTrue(Files.isRegularFile(layer.resolve("passwd"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void cve20146407SymlinkLoopIsRefused() {
    TarBuilder tar = new TarBuilder().symlink("a", "b").symlink("b", "a").file("a/x", GOOD, 0644);
    assertThrows(TarFormatException.class, () -> unpack(tar));
  }

  @Test
  void cve20149356ParentDirectoryNames() throws IOException {
    assertInEtc(etc().file("../../../etc/unbroken", GOOD, 0644));
    assertInEtc(etc().file("/etc/unbroken", GOOD, 0644));
    assertInEtc(etc().file("etc/../../../../etc/unbroken", GOOD, 0644));
  }

  @Test
  void cve20149356SlashEnded() throws IOException {
    Path layer = unpack(etc().directory("localetc/", 0700).file("localetc/unbroken", GOOD, 0644));
    assertEquals(GOOD, Files.readString(layer.resolve("localetc/unbroken")));
  }

  @Test
  void cve20149356OverrideDirectoryBySymlink() throws IOException {
    Path layer =
        unpack(
            etc()
                .directory("localetc", 0755)
                .file("localetc/old", "old", 0644)
                .symlink("localetc", "/etc")
                .file("/localetc/unbroken", GOOD, 0644));
    assertTrue(Files.isSymbolicLink(layer.resolve("localetc")));
    assertEquals(GOOD, Files.readString(layer.resolve("etc/unbroken")));
  }

  @Test
  void cve20149356DirectoryOverridesSymlink() throws IOException {
    Path layer =
        unpack(
            etc()
                .symlink("localetc", "/etc")
                .directory("/localetc/", 0755)
                .file("/localetc/unbroken", GOOD, 0644));
    assertEquals(GOOD, Files.readString(layer.resolve("localetc/unbroken")));
    assertFalse(Files.exists(layer.resolve("etc/unbroken")));
  }

  @Test
  void cve20149356DirectoryOverridesSymlinkAndHardlink() throws IOException {
    Path layer =
        unpack(
            etc()
                .symlink("etc/localetc", ".")
                .hardLink("etc/dup", "etc/localetc")
                .directory("etc/localetc", 0755)
                .file("etc/localetc/unbroken", GOOD, 0644));
    assertEquals(GOOD, Files.readString(layer.resolve("etc/localetc/unbroken")));
    assertTrue(Files.isSymbolicLink(layer.resolve("etc/dup")));
  }

  @Test
  void cve202129136RootMustBeAFolder() {
    assertThrows(TarFormatException.class, () -> unpack(new TarBuilder().symlink("/", "/etc")));
    assertThrows(TarFormatException.class, () -> unpack(new TarBuilder().file("x/..", GOOD, 0644)));
  }

  private void assertLinked(TarBuilder tar) throws IOException {
    Path layer = unpack(tar);
    assertEquals(
        fixture.status(layer.resolve("etc/passwd")).inode(),
        fixture.status(layer.resolve("mypasswd")).inode());
  }

  private static TarBuilder passwd() {
    return etc().file("etc/passwd", GOOD, 0644).directory("breakouts", 0755);
  }

  @Test
  void cve20146407HardlinkRelative() throws IOException {
    assertLinked(
        passwd()
            .symlink("breakouts/d1", "../../../../etc")
            .hardLink("mypasswd", "breakouts/d1/passwd"));
  }

  @Test
  void cve20146407HardlinkDownAndOut() throws IOException {
    assertLinked(
        passwd()
            .directory("downandout", 0755)
            .symlink("breakouts/d1", "../downandout/../../etc")
            .hardLink("mypasswd", "/breakouts/d1/passwd"));
  }

  @Test
  void cve20146407HardlinkAbsolute() throws IOException {
    assertLinked(passwd().symlink("localetc", "/etc").hardLink("mypasswd", "/localetc/passwd"));
  }

  @Test
  void cve20146407HardlinkDirect() throws IOException {
    assertLinked(passwd().hardLink("mypasswd", "../../../../../etc/passwd"));
    assertLinked(passwd().hardLink("mypasswd", "/etc/passwd"));
  }

  @Test
  void cve20146407HardlinkToHostFileIsRefused() {
    TarBuilder tar = new TarBuilder().hardLink("mine", secret.toString());
    assertThrows(TarFormatException.class, () -> unpack(tar));
  }

  @Test
  void cve20149356HardlinkToSymlinkLinksTheSymlink() throws IOException {
    Path layer =
        unpack(
            new TarBuilder()
                .symlink("l", secret.toString())
                .hardLink("dup", "l")
                .file("dup", GOOD, 0644));
    assertTrue(Files.isSymbolicLink(layer.resolve("l")));
    assertEquals(GOOD, Files.readString(layer.resolve("dup")));
  }

  @Test
  void hardlinkToFolderOrBeforeItsTargetIsRefused() {
    assertThrows(TarFormatException.class, () -> unpack(etc().hardLink("dup", "etc")));
    assertThrows(
        TarFormatException.class,
        () -> unpack(new TarBuilder().hardLink("dup", "later").file("later", GOOD, 0644)));
  }

  @Test
  void aFileAsFolderIsRefused() {
    TarBuilder tar = new TarBuilder().file("f", GOOD, 0644).file("f/x", GOOD, 0644);
    assertThrows(TarFormatException.class, () -> unpack(tar));
  }
}
