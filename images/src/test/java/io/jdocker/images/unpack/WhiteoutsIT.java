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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whiteouts as overlayfs reads them, and hostile ones (containerd's breakout cases). */
class WhiteoutsIT {
  @TempDir Path base;
  private UnpackFixture fixture;

  @BeforeEach
  void lowerLayer() throws IOException {
    fixture = new UnpackFixture(base);
    fixture.layer(
        new TarBuilder()
            .directory("etc", 0755)
            .file("etc/passwd", "lower", 0644)
            .file("f", "lower", 0644)
            .symlink("env", "/bin/busybox"));
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  @Test
  void aFileOfALowerLayerIsHidden() throws IOException {
    Path layer = fixture.layer(new TarBuilder().file("etc/.wh.passwd", "", 0644));
    assertTrue(fixture.isWhiteout(layer.resolve("etc/passwd")));
  }

  @Test
  void theSameLayersFileSurvivesInEitherOrder() throws IOException {
    Path after = fixture.layer(new TarBuilder().file("f", "new", 0644).file(".wh.f", "", 0644));
    Path before = fixture.layer(new TarBuilder().file(".wh.f", "", 0644).file("f", "new", 0644));
    assertEquals("new", Files.readString(after.resolve("f")));
    assertEquals("new", Files.readString(before.resolve("f")));
  }

  @Test
  void aFolderDeletedAndMadeAgainHidesTheLowerOne() throws IOException {
    TarBuilder whiteoutFirst = new TarBuilder().file(".wh.etc", "", 0644).directory("etc", 0700);
    TarBuilder folderFirst = new TarBuilder().directory("etc", 0700).file(".wh.etc", "", 0644);
    TarBuilder implied = new TarBuilder().file(".wh.etc", "", 0644).file("etc/x", "x", 0644);
    for (TarBuilder tar : new TarBuilder[] {whiteoutFirst, folderFirst, implied}) {
      assertTrue(fixture.isOpaque(fixture.layer(tar).resolve("etc")));
    }
  }

  @Test
  void anOpaqueMarkerDoesNotHideItsSiblings() throws IOException {
    Path layer =
        fixture.layer(
            new TarBuilder().file("etc/new", "new", 0644).file("etc/.wh..wh..opq", "", 0644));
    assertTrue(fixture.isOpaque(layer.resolve("etc")));
    assertEquals("new", Files.readString(layer.resolve("etc/new")));
  }

  @Test
  void anOpaqueRootHidesEachNameOfTheLowerLayers() throws IOException {
    Path layer =
        fixture.layer(new TarBuilder().file(".wh..wh..opq", "", 0644).file("etc/new", "new", 0644));
    assertTrue(fixture.isWhiteout(layer.resolve("f")));
    assertTrue(fixture.isOpaque(layer.resolve("etc")));
  }

  @Test
  void aWhiteoutForNothingLeavesNoDevice() throws IOException {
    Path layer = fixture.layer(new TarBuilder().file("etc/.wh.nothing", "", 0644));
    assertFalse(Files.exists(layer.resolve("etc/nothing"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aufsBookKeepingIsIgnored() throws IOException {
    Path layer = fixture.layer(new TarBuilder().directory(".wh..wh.plnk", 0755));
    assertFalse(Files.exists(layer.resolve(".wh..wh.plnk")));
  }

  @ParameterizedTest
  @ValueSource(strings = {".wh...", ".wh..", ".wh.", "etc/.wh...", "etc/.wh."})
  void aWhiteoutOfARootOrParentIsRefused(String name) {
    TarBuilder tar = new TarBuilder().file(name, "", 0644);
    assertThrows(TarFormatException.class, () -> fixture.layer(tar));
  }

  @Test
  void aWhiteoutThroughASymlinkStaysInTheLayer() throws IOException {
    Path host = Files.createDirectories(base.resolve("host"));
    Files.writeString(host.resolve("passwd"), "host");
    fixture.layer(
        new TarBuilder()
            .symlink("localetc", host.toString())
            .file("localetc/.wh.passwd", "", 0644));
    assertEquals("host", Files.readString(host.resolve("passwd")));
  }

  @Test
  void aWhiteoutBelowADeadSymlinkDoesNoHarm() throws IOException {
    Path layer =
        fixture.layer(new TarBuilder().symlink("dead", "/dne").file("dead/.wh.etc", "", 0644));
    assertFalse(fixture.isWhiteout(layer.resolve("etc")));
  }

  @Test
  void aWhiteoutWithARelativePathIsCleaned() throws IOException {
    Path layer = fixture.layer(new TarBuilder().file("dne/../.wh.etc", "", 0644));
    assertTrue(fixture.isWhiteout(layer.resolve("etc")));
  }

  @Test
  void aHigherLayerReplacesASymlinkByAFile() throws IOException {
    // The positive twin: refusing too much broke this in another engine.
    Path layer = fixture.layer(new TarBuilder().file("env", "#!/bin/sh", 0755));
    assertTrue(Files.isRegularFile(layer.resolve("env"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void anImpliedFolderTakesAfterTheLowerOne() throws IOException {
    fixture.layer(new TarBuilder().directory("tmp", 01777));
    Path layer = fixture.layer(new TarBuilder().file("tmp/x", "x", 0644));
    assertEquals(01777, fixture.status(layer.resolve("tmp")).permissions());
  }

  @Test
  void aHardLinkToALowerFileIsCopiedUp() throws IOException {
    Path layer = fixture.layer(new TarBuilder().hardLink("etc/shadow", "etc/passwd"));
    assertEquals("lower", Files.readString(layer.resolve("etc/shadow")));
    assertEquals(2, fixture.status(layer.resolve("etc/passwd")).links());
  }

  @Test
  void aHardLinkToAHiddenLowerFileIsRefused() throws IOException {
    fixture.layer(new TarBuilder().file(".wh.etc", "", 0644));
    TarBuilder tar = new TarBuilder().hardLink("shadow", "etc/passwd");
    assertThrows(TarFormatException.class, () -> fixture.layer(tar));
  }
}
