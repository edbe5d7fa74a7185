package io.jdocker.engine;

import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarWriter;
import io.jdocker.images.tree.TreeReader;
import io.jdocker.images.tree.TreeRoot;
import io.jdocker.images.tree.TreeWriter;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.pattern.IgnoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Files of this machine as archives, and back. */
final class HostTree {
  private final Kernel kernel;

  HostTree(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Packs a file, or a folder with all below it, under its own name; root is to own it. */
  void pack(Path source, OutputStream out) throws IOException {
    Path path = source.toAbsolutePath().normalize();
    Path parent = path.getParent();
    if (parent == null || !Files.exists(path)) {
      throw new InvalidArgument("there is no file or folder " + source + " to copy");
    }
    TarWriter tar = new TarWriter(out);
    try (Fd folder = open(parent)) {
      String name = path.getFileName().toString();
      new TreeReader(kernel, ownedByRoot(tar)).read(folder, name, name);
    }
    tar.finish();
  }

  /**
   * Packs what a build may see of a folder.
   *
   * @param dockerfile path in it; goes along with its ignore file, ignored or not
   */
  void packContext(Path context, String dockerfile, OutputStream out) throws IOException {
    IgnoreFile ignored = ignored(context, dockerfile);
    Predicate<String> wanted =
        member -> {
          String name = member.startsWith("./") ? member.substring(2) : member;
          return name.equals(".")
              || name.equals(dockerfile)
              || name.equals(dockerfile + ".dockerignore")
              || name.equals(".dockerignore")
              || !ignored.excludes(name);
        };
    TarWriter tar = new TarWriter(out);
    try (Fd folder = open(context.toAbsolutePath())) {
      new TreeReader(kernel, ownedByRoot(tar), wanted).readFolder(folder, ".");
    }
    tar.finish();
  }

  private static IgnoreFile ignored(Path context, String dockerfile) throws IOException {
    for (String name : new String[] {dockerfile + ".dockerignore", ".dockerignore"}) {
      Optional<Path> file = Optional.of(context.resolve(name)).filter(Files::isRegularFile);
      if (file.isPresent()) {
        return IgnoreFile.parse(Files.readString(file.get()));
      }
    }
    return IgnoreFile.empty();
  }

  /** Unpacks into a folder, made where there is none. */
  void unpack(InputStream tar, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Fd root = open(folder.toAbsolutePath());
        TreeWriter writer =
            new TreeWriter(
                new TreeRoot(kernel, root),
                "/",
                WriteRules.copy(false, Optional.empty()),
                warning -> {})) {
      writer.unpack(new TarReader(tar));
    }
  }

  private Fd open(Path folder) {
    return kernel.files().open(folder.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
  }

  private static TarSink ownedByRoot(TarSink sink) {
    return (entry, content) -> sink.put(entry.withOwner(0, 0), content);
  }
}
