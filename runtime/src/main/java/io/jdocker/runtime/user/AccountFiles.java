package io.jdocker.runtime.user;

import java.util.Optional;

/** Where the account files of a container are read from. */
public interface AccountFiles {
  /**
   * The lines of a file below the container's root; empty where there is no such regular file.
   *
   * @param path relative, {@code etc/passwd}
   * @throws io.jdocker.linux.failure.InvalidArgument when it is too large, or no regular file
   */
  Optional<String> read(String path);
}
