package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.SyscallException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file system that cgroups are controlled through. Every failure is a {@link SyscallException}.
 */
interface ControlFiles {
  /** mkdir(2): the kernel fills the new folder with control files. */
  void makeDirectory(Path directory);

  /** rmdir(2): a cgroup's folder can be removed although it has files. */
  void removeDirectory(Path directory);

  /** Writes a value in one write(2), as control files need it. */
  void write(Path file, String value);

  /** The whole content without the final line end. */
  String read(Path file);

  /** Likewise, of an open file that was not read yet. */
  String read(Fd file);

  boolean exists(Path path);

  /** Names of the folders in a folder, sorted; none where it is gone. */
  List<String> children(Path directory);

  Fd open(Path path, int flags);
}
