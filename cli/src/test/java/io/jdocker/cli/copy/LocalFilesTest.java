package io.jdocker.cli.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of this machine as a tar, and back. */
final class LocalFilesTest {
  @TempDir Path folder;

  private Path tree() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree/sub"));
    Files.writeString(tree.resolve("f"), "content");
    Files.setAttribute(tree.resolve("f"), "unix:mode", 04751);
    Files.setLastModifiedTime(tree.resolve("f"), FileTime.from(1_234_567_890, TimeUnit.SECONDS));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("../nowhere"));
    Files.writeString(folder.resolve("tree/name with blanks and ü"), "");
    return folder.resolve("tree");
  }

  private static byte[] packed(Path file, String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LocalTree tree = new LocalTree(out);
    tree.add(file, name, member -> true);
    tree.finish();
    return out.toByteArray();
  }

  private static List<String> names(byte[] tar) throws IOException {
    List<String> names = new ArrayList<>();
    TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8");
    for (TarArchiveEntry next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
      names.add(next.getName());
    }
    return names;
  }

  @Test
  void aTreeIsPackedInOrderUnderItsNewName() throws IOException {
    assertEquals(
        List.of("x/", "x/name with blanks and ü", "x/sub/", "x/sub/f", "x/sub/link"),
        names(packed(tree(), "x")));
  }

  @Test
  void whatIsNotWantedIsLeftOutButLookedInto() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LocalTree tree = new LocalTree(out);
    tree.addBelow(tree(), "", name -> name.endsWith("/f"));
    tree.finish();
    assertEquals(List.of("sub/f"), names(out.toByteArray()));
  }

  @Test
  void whatWasPackedIsUnpackedAsItWas() throws IOException {
    byte[] tar = packed(tree(), "x");
    Path target = Files.createDirectory(folder.resolve("target"));
    new LocalUnpack(target, "x", "y").run(new ByteArrayInputStream(tar));
    assertEquals("content", Files.readString(target.resolve("y/sub/f")));
    assertEquals(0104751, Files.getAttribute(target.resolve("y/sub/f"), "unix:mode"));
    assertEquals(
        1_234_567_890, Files.getLastModifiedTime(target.resolve("y/sub/f")).to(TimeUnit.SECONDS));
    assertEquals(Path.of("../nowhere"), Files.readSymbolicLink(target.resolve("y/sub/link")));
    // Once more on top of itself.
    new LocalUnpack(target, "x", "y").run(new ByteArrayInputStream(tar));
    assertEquals("content", Files.readString(target.resolve("y/sub/f")));
  }

  private static byte[] member(String name, byte type, String link) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    add(tar, name, type, link);
    tar.finish();
    return out.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte type, String link)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(link);
    byte[] data =
        type == TarConstants.LF_NORMAL ? "x".getBytes(StandardCharsets.UTF_8) : new byte[0];
    entry.setSize(data.length);
    tar.putArchiveEntry(entry);
    tar.write(data);
    tar.closeArchiveEntry();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../planted", "/planted-by-test", "a/../../planted"})
  void aNameThatLeadsOutIsRefused(String name) throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    byte[] tar = member(name, TarConstants.LF_NORMAL, "");
    assertThrows(
        IOException.class,
        () -> new LocalUnpack(target, "x", "x").run(new ByteArrayInputStream(tar)));
    assertFalse(Files.exists(folder.resolve("planted")));
    assertFalse(Files.exists(Path.of("/planted-by-test")));
  }

  @Test
  void aNameBehindALinkOfTheArchiveIsRefused() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    add(tar, "out", TarConstants.LF_SYMLINK, folder.toString());
    add(tar, "out/planted", TarConstants.LF_NORMAL, "");
    tar.finish();
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                new LocalUnpack(target, "x", "x").run(new ByteArrayInputStream(out.toByteArray())));
    assertTrue(e.getMessage().contains("behind a link"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("planted")));
  }

  @Test
  void aHardLinkOutOfTheFolderIsRefused() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(folder.resolve("secret"), "s");
    byte[] tar = member("stolen", TarConstants.LF_LINK, "../secret");
    assertThrows(
        IOException.class,
        () -> new LocalUnpack(target, "x", "x").run(new ByteArrayInputStream(tar)));
    assertFalse(Files.exists(target.resolve("stolen")));
  }

  @Test
  void foldersAndFilesAreNotSwapped() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target/d")).getParent();
    Files.writeString(target.resolve("f"), "mine");
    byte[] file = member("d", TarConstants.LF_NORMAL, "");
    byte[] dir = member("f/", TarConstants.LF_DIR, "");
    assertThrows(
        CommandFailure.class,
        () -> new LocalUnpack(target, "x", "x").run(new ByteArrayInputStream(file)));
    assertThrows(
        CommandFailure.class,
        () -> new LocalUnpack(target, "x", "x").run(new ByteArrayInputStream(dir)));
    assertEquals("mine", Files.readString(target.resolve("f")));
    assertTrue(Files.isDirectory(target.resolve("d"), LinkOption.NOFOLLOW_LINKS));
  }
}
