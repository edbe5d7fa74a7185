package io.jdocker.images.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRemoverTest {
  @TempDir Path base;

  @Test
  void linksAreRemovedNotFollowed() throws IOException {
    Path kept = Files.createDirectories(base.resolve("kept"));
    Files.writeString(kept.resolve("file"), "kept");
    Path tree = Files.createDirectories(base.resolve("tree/a/b"));
    Files.createSymbolicLink(tree.resolve("link"), kept);
    Files.writeString(tree.resolve("file"), "x");
    TreeRemover.remove(base.resolve("tree"));
    assertFalse(Files.exists(base.resolve("tree")));
    assertEquals("kept", Files.readString(kept.resolve("file")));
  }

  @Test
  void aTreeDeeperThanAnyPathGoesToo() throws IOException {
    Path tree = Files.createDirectory(base.resolve("tree"));
    makeDeep(tree, 3000);
    TreeRemover.remove(tree);
    assertEquals(0, base.toFile().list().length);
  }

  /** Nests folders by moving what there is into a new one, as a long path cannot be named. */
  private static void makeDeep(Path tree, int depth) throws IOException {
    for (int i = 0; i < depth; i++) {
      Path outer = Files.createDirectory(tree.resolve("outer"));
      if (i > 0) {
        Files.move(tree.resolve("d"), outer.resolve("d"));
      }
      Files.move(outer, tree.resolve("d"));
    }
  }

  @Test
  void nothingToRemoveIsNoError() {
    TreeRemover.remove(base.resolve("absent"));
    TreeRemover.remove(base.resolve("absent/too"));
  }

  @Test
  void aSingleFileGoes() throws IOException {
    Path file = Files.writeString(base.resolve("file"), "x");
    TreeRemover.remove(file);
    assertFalse(Files.exists(file));
    try (var stream = Files.newDirectoryStream(base)) {
      assertTrue(stream instanceof SecureDirectoryStream, "what removal is built on");
    }
  }
}
