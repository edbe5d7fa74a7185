package io.jdocker.cgroups;

import static io.jdocker.linux.FileCalls.AT_FDCWD;
import static io.jdocker.linux.FileCalls.AT_REMOVEDIR;
import static io.jdocker.linux.FileCalls.AT_SYMLINK_NOFOLLOW;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The mounted cgroup file systems. */
final class KernelFiles implements ControlFiles {
  private static final int BUFFER = 16384;

  private final FileCalls calls;

  KernelFiles(Kernel kernel) {
    calls = kernel.files();
  }

  @Override
  public void makeDirectory(Path directory) {
    calls.makeDirectory(AT_FDCWD, directory.toString(), 0755);
  }

  @Override
  public void removeDirectory(Path directory) {
    calls.unlink(AT_FDCWD, directory.toString(), AT_REMOVEDIR);
  }

  @Override
  public void write(Path file, String value) {
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    try (Fd fd = calls.open(file.toString(), OpenFlags.O_WRONLY, 0);
        NativeArena arena = new NativeArena()) {
      long written = calls.write(fd.number(), arena.bytes(content), content.length);
      if (written < 0) {
        throw new SyscallException("write(\"" + file + "\", \"" + value + "\")", (int) -written);
      }
    }
  }

  @Override
  public String read(Path file) {
    try (Fd fd = calls.open(file.toString(), OpenFlags.O_RDONLY, 0)) {
      return read(fd);
    }
  }

  @Override
  public String read(Fd file) {
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(BUFFER);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      for (long n = calls.read(file.number(), buffer, BUFFER);
          n != 0;
          n = calls.read(file.number(), buffer, BUFFER)) {
        if (n < 0) {
          throw new SyscallException("read(" + file + ")", (int) -n);
        }
        content.writeBytes(NativeArena.getBytes(buffer, (int) n));
      }
      return content.toString(StandardCharsets.UTF_8).stripTrailing();
    }
  }

  @Override
  public boolean exists(Path path) {
    return calls.find(AT_FDCWD, path.toString(), AT_SYMLINK_NOFOLLOW).isPresent();
  }

  @Override
  public List<String> children(Path directory) {
    String[] names = directory.toFile().list();
    if (names == null) {
      return List.of();
    }
    // Control files have a dot in their name or no subfolder's mode: only folders are cgroups.
    return Stream.of(names).filter(name -> isDirectory(directory.resolve(name))).sorted().toList();
  }

  private boolean isDirectory(Path path) {
    return calls
        .find(AT_FDCWD, path.toString(), AT_SYMLINK_NOFOLLOW)
        .map(status -> status.isDirectory())
        .orElse(false);
  }

  @Override
  public Fd open(Path path, int flags) {
    return calls.open(path.toString(), flags, 0);
  }
}
