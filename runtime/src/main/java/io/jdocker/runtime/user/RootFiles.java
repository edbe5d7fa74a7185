package io.jdocker.runtime.user;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import java.util.Optional;

/** The files below an open folder that is taken for the root. */
public final class RootFiles implements AccountFiles {
  private final Kernel kernel;
  private final Fd root;

  /**
   * @param root the caller's, who closes it
   */
  public RootFiles(Kernel kernel, Fd root) {
    this.kernel = kernel;
    this.root = root;
  }

  @Override
  public Optional<String> read(String path) {
    return SmallFile.read(
        kernel, root, path, OpenFlags.RESOLVE_IN_ROOT | OpenFlags.RESOLVE_NO_MAGICLINKS);
  }
}
