package io.jdocker.images.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tar.TarWriter;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives written into trees that already hold something, and read back. */
final class TreeWriterIT {
  private final Kernel kernel = Kernel.load();
  @TempDir Path dir;
  private Path top;

  @BeforeEach
  void makeTree() throws IOException {
    top = Files.createDirectories(dir.resolve("root/base")).getParent();
  }

  private void write(WriteRules rules, TarBuilder tar) throws IOException {
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    try (Fd root = kernel.files().open(top.toString(), flags, 0);
        TreeWriter writer =
            new TreeWriter(new TreeRoot(kernel, root), "/base", rules, warning -> {})) {
      writer.unpack(new TarReader(new ByteArrayInputStream(tar.build())));
    }
  }

  private byte[] read(Path folder, String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(out);
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    try (Fd open = kernel.files().open(folder.toString(), flags, 0)) {
      new TreeReader(kernel, tar).readFolder(open, name);
    }
    tar.finish();
    return out.toByteArray();
  }

  private static WriteRules copy(boolean keepKinds) {
    return WriteRules.copy(keepKinds, Optional.empty());
  }

  private FileStatus status(String path) {
    return kernel
        .files()
        .status(FileCalls.AT_FDCWD, top.resolve(path).toString(), FileCalls.AT_SYMLINK_NOFOLLOW);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    write(
        copy(true),
        new TarBuilder()
            .directory("d", 01755)
            .file("d/f", "content", 04711)
            .hardLink("d/hard", "d/f")
            .symlink("d/link", "../../nowhere")
            .file("d/ü 日本", "", 0600));
    byte[] first = read(top.resolve("base"), "x");
    Path again = Files.createDirectories(dir.resolve("second/base"));
    top = again.getParent();
    int flags = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY;
    try (Fd root = kernel.files().open(top.toString(), flags, 0);
        TreeWriter writer =
            new TreeWriter(new TreeRoot(kernel, root), "/", copy(true), warning -> {})) {
      writer.unpack(new TarReader(new ByteArrayInputStream(first)));
    }
    List<String> names = new ArrayList<>();
    TarReader reader = new TarReader(new ByteArrayInputStream(read(top.resolve("x"), "x")));
    for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      names.add(next.get().name() + " " + next.get().type() + " " + next.get().linkName());
    }
    assertEquals(
        List.of(
            "x/ DIRECTORY ",
            "x/d/ DIRECTORY ",
            "x/d/f FILE ",
            "x/d/hard HARD_LINK x/d/f",
            "x/d/link SYMBOLIC_LINK ../../nowhere",
            "x/d/ü 日本 FILE "),
        names);
    assertEquals(04711, status("x/d/f").permissions());
    assertEquals(2, status("x/d/f").links());
    assertEquals(01755, status("x/d").permissions());
  }

  @Test
  void aFileReplacesALinkAndNotWhatItLeadsTo() throws IOException {
    Files.writeString(top.resolve("target"), "untouched");
    Files.createSymbolicLink(top.resolve("base/f"), Path.of("../target"));
    write(copy(true), new TarBuilder().file("f", "new", 0644));
    assertEquals("untouched", Files.readString(top.resolve("target")));
    assertFalse(Files.isSymbolicLink(top.resolve("base/f")));
  }

  @Test
  void aLinkedFolderIsReplacedByCopyAndFollowedByBuild() throws IOException {
    Files.createDirectory(top.resolve("real"));
    Files.createSymbolicLink(top.resolve("base/d"), Path.of("/real"));
    write(WriteRules.build(), new TarBuilder().directory("d", 0700).file("d/f", "x", 0644));
    assertEquals("x", Files.readString(top.resolve("real/f")));
    assertTrue(Files.isSymbolicLink(top.resolve("base/d")), "the link was replaced");
    write(copy(false), new TarBuilder().directory("d", 0700).file("d/g", "y", 0644));
    assertTrue(Files.isDirectory(top.resolve("base/d"), LinkOption.NOFOLLOW_LINKS));
    assertFalse(Files.exists(top.resolve("real/g")));
  }

  @Test
  void aWholeFolderIsReplacedByAFile() throws IOException {
    Files.createDirectories(top.resolve("base/d/deep"));
    Files.writeString(top.resolve("base/d/deep/f"), "old");
    TarBuilder tar = new TarBuilder().file("d", "file", 0644);
    assertThrows(TarFormatException.class, () -> write(copy(true), tar));
    write(copy(false), new TarBuilder().file("d", "file", 0644));
    assertEquals("file", Files.readString(top.resolve("base/d"), StandardCharsets.UTF_8));
    try (Stream<Path> left = Files.list(top.resolve("base"))) {
      assertEquals(1, left.count(), "something was left beside it");
    }
  }

  @Test
  void theOwnerAndTheDevicesAreTheRules() throws IOException {
    WriteRules mine = WriteRules.copy(true, Optional.of(new WriteRules.Owner(7, 8)));
    write(mine, new TarBuilder().file("made/of/f", "", 0644));
    assertEquals(7, status("base/made/of/f").uid());
    assertEquals(8, status("base/made").gid(), "an implicit folder belongs to somebody else");
    TarBuilder device = new TarBuilder().add(TarBuilder.entry("tty", TarConstants.LF_CHR, 0666));
    assertThrows(TarFormatException.class, () -> write(WriteRules.context(), device));
    assertFalse(Files.exists(top.resolve("base/tty")));
  }
}
