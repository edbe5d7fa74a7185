package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The earlier files of a log: {@code NAME.1} is the newest of them, and may be {@code NAME.1.gz}.
 * One thread at a time renames.
 */
final class RotatedFiles {
  private static final String COMPRESSED = ".gz";
  private static final String UNFINISHED = ".gz.tmp";

  private final Path current;
  private final int maxFiles;
  private long generation;

  RotatedFiles(Path current, int maxFiles) {
    this.current = current;
    this.maxFiles = maxFiles;
  }

  /** The file with that number, compressed or not; empty where there is none. */
  Optional<Path> find(int number) {
    Path plain = path(number);
    Path compressed = compressed(number);
    // The plain one first: the compressed one comes under its name before the other goes.
    return Files.exists(plain)
        ? Optional.of(plain)
        : Files.exists(compressed) ? Optional.of(compressed) : Optional.empty();
  }

  static boolean isCompressed(Path file) {
    return file.toString().endsWith(COMPRESSED);
  }

  private Path path(int number) {
    return current.resolveSibling(current.getFileName() + "." + number);
  }

  private Path compressed(int number) {
    return current.resolveSibling(current.getFileName() + "." + number + COMPRESSED);
  }

  /**
   * Moves all up by one, the current file becoming the first, and drops what is too old.
   *
   * @return the generation of what is now the first
   */
  long shift() throws IOException {
    int last = maxFiles - 1;
    delete(last);
    for (int number = last - 1; number >= 1; number--) {
      Optional<Path> from = find(number);
      if (from.isPresent()) {
        boolean packed = isCompressed(from.get());
        Files.move(
            from.get(),
            packed ? compressed(number + 1) : path(number + 1),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (last >= 1) {
      Files.move(current, path(1), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(current);
    }
    generation++;
    return generation;
  }

  private void delete(int number) throws IOException {
    if (number >= 1) {
      Files.deleteIfExists(path(number));
      Files.deleteIfExists(compressed(number));
    }
  }

  /**
   * Compresses a file that is written no more, into a temporary one. Takes its time, so it is done
   * without any lock: the file may move on meanwhile.
   */
  Path compress(FileChannel file, long itsGeneration) throws IOException {
    Path target = current.resolveSibling(current.getFileName() + "." + itsGeneration + UNFINISHED);
    try (InputStream in = Channels.newInputStream(file.position(0));
        OutputStream out =
            new GZIPOutputStream(
                Files.newOutputStream(
                    target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING))) {
      in.transferTo(out);
    }
    Files.setPosixFilePermissions(target, LogFile.PERMISSIONS);
    return target;
  }

  /** Puts the compressed file in the place where the plain one is by now. */
  void replace(Path compressed, long itsGeneration) throws IOException {
    long number = generation - itsGeneration + 1;
    if (number >= maxFiles || !Files.exists(path((int) number))) {
      Files.delete(compressed); // too old, or its container is gone
      return;
    }
    Files.move(compressed, compressed((int) number), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(path((int) number));
  }

  /** Opens the newest of them for its compression. */
  FileChannel openFirst() throws IOException {
    return FileChannel.open(path(1), StandardOpenOption.READ);
  }

  /** Removes what a compression that was cut short has left. */
  void sweep() throws IOException {
    String pattern = "*" + UNFINISHED;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder(), pattern)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  private Path folder() {
    return current.toAbsolutePath().getParent();
  }
}
