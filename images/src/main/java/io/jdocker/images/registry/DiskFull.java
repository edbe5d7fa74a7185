package io.jdocker.images.registry;

import io.jdocker.linux.SyscallException;
import java.io.IOException;
import java.util.Locale;
import jnr.constants.platform.Errno;

/** Tells a full disk from every other reason. */
final class DiskFull {
  private DiskFull() {}

  /** Whether ENOSPC is behind a failure; the JDK has its text only, strerror(3). */
  static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SyscallException call && call.is(Errno.ENOSPC)) {
        return true;
      }
      if (cause instanceof IOException
          && String.valueOf(cause.getMessage())
              .toLowerCase(Locale.ROOT)
              .contains("no space left on device")) {
        return true;
      }
    }
    return false;
  }
}
