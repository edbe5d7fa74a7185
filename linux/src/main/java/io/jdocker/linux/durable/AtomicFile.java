package io.jdocker.linux.durable;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file so that a reader, or a restart after power loss, sees the old content or the new
 * one, never a part: temporary file in the same folder, fsync, rename.
 */
public final class AtomicFile {
  /** The ending of temporary files. A start-up sweep may delete every file that has it. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  private AtomicFile() {}

  /**
   * Replaces the file's content; the file is readable by its owner alone (0600).
   *
   * @throws SystemFailure naming the file; what it held before is still there
   */
  public static void write(Path file, byte[] content) {
    Path temporary = file.resolveSibling("." + file.getFileName() + TEMPORARY_SUFFIX);
    try {
      Files.deleteIfExists(temporary);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException leftover) {
        e.addSuppressed(leftover);
      }
      throw new SystemFailure("cannot write " + file + ": " + reason(e), e);
    }
  }

  /** Without the temporary file's name, which tells a user nothing. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    return e instanceof FileSystemException failed && failed.getReason() != null
        ? failed.getReason()
        : e.getMessage();
  }
}
