package io.jdocker.runtime.user;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import java.util.Optional;

/** The files of a running container, below the root of its first process. */
public final class RunningFiles implements AccountFiles {
  private final Kernel kernel;
  private final int pid;

  public RunningFiles(Kernel kernel, int pid) {
    this.kernel = kernel;
    this.pid = pid;
  }

  @Override
  public Optional<String> read(String path) {
    try (Fd root =
        kernel
            .files()
            .open("/proc/" + pid + "/root", OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0)) {
      return new RootFiles(kernel, root).read(path);
    }
  }
}
