package io.jdocker.images.unpack;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Deletes a folder with all it holds. Works on open folders (openat(2), unlinkat(2)), so that
 * neither a planted link nor a tree deeper than PATH_MAX can lead it astray or stop it.
 */
public final class TreeRemover {
  // Each level keeps a descriptor open and a frame on the stack.
  private static final int MAX_DEPTH = 64;

  private final SecureDirectoryStream<Path> top;
  private final Path tree;
  private final Deque<Path> waiting = new ArrayDeque<>();
  private int raised;

  private TreeRemover(SecureDirectoryStream<Path> top, Path tree) {
    this.top = top;
    this.tree = tree;
  }

  /** Deletes the tree; does nothing when there is none. */
  public static void remove(Path tree) {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(tree.getParent())) {
      if (!(stream instanceof SecureDirectoryStream<Path> folder)) {
        throw new IllegalStateException("the JDK on Linux opens folders by openat(2)");
      }
      new TreeRemover(folder, tree.getFileName()).run();
    } catch (NoSuchFileException e) {
      // Gone already, which is what was asked for.
    } catch (IOException e) {
      throw new SystemFailure("cannot delete " + tree + ": " + e.getMessage(), e);
    }
  }

  private void run() throws IOException {
    waiting.push(tree);
    while (!waiting.isEmpty()) {
      remove(top, waiting.pop(), 0);
    }
  }

  private void remove(SecureDirectoryStream<Path> folder, Path name, int depth) throws IOException {
    BasicFileAttributeView view =
        folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!view.readAttributes().isDirectory()) {
      folder.deleteFile(name);
      return;
    }
    if (depth == MAX_DEPTH) {
      // Too deep to go on: it becomes a neighbour of the tree and is deleted later.
      Path neighbour = Path.of(tree + "." + raised++);
      folder.move(name, top, neighbour);
      waiting.push(neighbour);
      return;
    }
    try (SecureDirectoryStream<Path> inner =
        folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path child : inner) {
        remove(inner, child.getFileName(), depth + 1);
      }
    }
    folder.deleteDirectory(name);
  }
}
