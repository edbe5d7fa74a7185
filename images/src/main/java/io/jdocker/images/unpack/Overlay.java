package io.jdocker.images.unpack;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import java.nio.charset.StandardCharsets;

/** How overlayfs marks what a layer hides (Documentation/filesystems/overlayfs.rst). */
public final class Overlay {
  /** Attributes with this prefix are overlayfs' own: an image cannot set them. */
  public static final String ATTRIBUTES = "trusted.overlay.";

  /** The same in a user namespace. */
  public static final String USER_ATTRIBUTES = "user.overlay.";

  private static final String OPAQUE = ATTRIBUTES + "opaque";
  private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

  private Overlay() {}

  static void makeOpaque(FileCalls files, Fd parent, String folder) {
    files.setAttribute(parent.procPath() + "/" + folder, OPAQUE, YES);
  }

  /** Makes the open folder itself opaque. */
  static void makeOpaque(FileCalls files, Fd folder) {
    // "." because lsetxattr(2) does not follow /proc/self/fd/N itself.
    files.setAttribute(folder.procPath() + "/.", OPAQUE, YES);
  }

  /** Whether nothing of lower layers shows in the folder. */
  public static boolean isOpaque(FileCalls files, Fd parent, String folder) {
    return files.attribute(parent.procPath() + "/" + folder, OPAQUE).isPresent();
  }

  /** A whiteout is a character device 0:0. */
  static void makeWhiteout(FileCalls files, Fd parent, String name) {
    files.makeNode(parent.number(), name, FileStatus.S_IFCHR, 0);
  }

  public static boolean isWhiteout(FileStatus status) {
    return status.type() == FileStatus.S_IFCHR && status.rdev() == 0;
  }
}
