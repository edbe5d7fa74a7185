package io.jdocker.cli.build;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.copy.LocalTree;
import io.jdocker.cli.image.ArchiveInput;
import io.jdocker.linux.pattern.IgnoreFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is sent to be built from: a folder of this machine without what its .dockerignore leaves
 * out, or what comes from standard input.
 */
final class BuildContext {
  private static final String IGNORE = ".dockerignore";
  private static final String FOREIGN = ".dockerfile.outside";

  private final Path folder;
  private final String dockerfile;
  private final Optional<byte[]> foreign;

  /**
   * @param dockerfile path in the context
   * @param foreign content of a Dockerfile that lies elsewhere
   */
  private BuildContext(Path folder, String dockerfile, Optional<byte[]> foreign) {
    this.folder = folder;
    this.dockerfile = dockerfile;
    this.foreign = foreign;
  }

  /**
   * A folder and a Dockerfile, which may lie outside of it or come from standard input.
   *
   * @param file as typed after -f; empty: the folder's own
   */
  static BuildContext of(String typed, String file, InputStream in) throws IOException {
    Path folder = Path.of(typed);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure("unable to prepare context: path \"" + typed + "\" not found");
    }
    Path real = folder.toRealPath();
    if (file.equals("-")) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      ArchiveInput.copy(in, text);
      return new BuildContext(real, FOREIGN, Optional.of(text.toByteArray()));
    }
    if (file.isEmpty()) {
      return new BuildContext(real, own(real), Optional.empty());
    }
    Path given = Files.exists(Path.of(file)) ? Path.of(file) : folder.resolve(file);
    if (!Files.isRegularFile(given)) {
      throw new CommandFailure(
          "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat "
              + given.toAbsolutePath()
              + ": no such file or directory");
    }
    Path place = given.toAbsolutePath().getParent().toRealPath().resolve(given.getFileName());
    return place.startsWith(real)
        ? new BuildContext(real, real.relativize(place).toString(), Optional.empty())
        : new BuildContext(real, FOREIGN, Optional.of(Files.readAllBytes(given)));
  }

  private static String own(Path folder) {
    for (String name : new String[] {"Dockerfile", "dockerfile"}) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return name;
      }
    }
    throw new CommandFailure(
        "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat "
            + folder.resolve("Dockerfile")
            + ": no such file or directory");
  }

  /** What the engine is to call it. */
  String dockerfile() {
    return dockerfile;
  }

  /**
   * Packs it. The Dockerfile and the ignore files go along, ignored or not: the engine reads them.
   */
  void writeTo(OutputStream out) throws IOException {
    LocalTree tree = new LocalTree(out);
    addTo(tree, "");
    tree.finish();
  }

  /**
   * Adds it to an archive.
   *
   * @param prefix of all its names; ends with a slash unless it is empty
   */
  void addTo(LocalTree tree, String prefix) throws IOException {
    IgnoreFile ignored = ignored();
    if (!prefix.isEmpty()) {
      tree.put(folder, prefix.substring(0, prefix.length() - 1));
    }
    tree.addBelow(folder, prefix, name -> isNeeded(name) || !ignored.excludes(name));
    if (foreign.isPresent()) {
      tree.put(prefix + FOREIGN, foreign.get());
    }
  }

  private boolean isNeeded(String name) {
    return name.equals(IGNORE) || name.equals(dockerfile) || name.equals(dockerfile + IGNORE);
  }

  private IgnoreFile ignored() throws IOException {
    for (Path file : new Path[] {folder.resolve(dockerfile + IGNORE), folder.resolve(IGNORE)}) {
      if (Files.isRegularFile(file)) {
        return IgnoreFile.parse(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return IgnoreFile.empty();
  }
}
