package io.jdocker.runtime.user;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Reads a file that an image's author chose: a FIFO, a link out of the root or a huge file in its
 * place must neither hang the engine nor reach the host (CVE-2024-9676, CVE-2022-1227).
 */
final class SmallFile {
  private static final int LIMIT = 1 << 20;

  private SmallFile() {}

  /**
   * Reads below a folder.
   *
   * @param resolve RESOLVE_* of openat2(2)
   */
  static Optional<String> read(Kernel kernel, Fd root, String path, int resolve) {
    Fd opened;
    try {
      opened =
          kernel
              .files()
              .open(
                  root.number(),
                  path,
                  OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY,
                  0,
                  resolve);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
        return Optional.empty();
      }
      throw new InvalidArgument("cannot read /" + path + " of the container: " + e.getMessage(), e);
    }
    try (Fd file = opened) {
      FileStatus status = kernel.files().status(file);
      if (!status.isRegular() || status.size() > LIMIT) {
        throw new InvalidArgument(
            "/" + path + " of the container is not a regular file of at most 1 MiB");
      }
      return Optional.of(readAll(kernel, file));
    }
  }

  private static String readAll(Kernel kernel, Fd file) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int chunk = 16384;
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(chunk);
      while (content.size() <= LIMIT) {
        long count = kernel.files().read(file.number(), buffer, chunk);
        if (count < 0) {
          throw new SyscallException("read(" + file + ")", (int) -count);
        }
        if (count == 0) {
          break;
        }
        content.writeBytes(NativeArena.getBytes(buffer, (int) count));
      }
    }
    return content.toString(StandardCharsets.UTF_8);
  }
}
