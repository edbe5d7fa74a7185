package io.jdocker.images.unpack;

import static io.jdocker.linux.FileCalls.AT_SYMLINK_NOFOLLOW;

import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarType;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.SyscallException;
import java.util.Map;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;

/** Gives a file its owner, extended attributes, mode and times, in the only order that works. */
public final class AttributeWriter {
  private final FileCalls files;
  private final Consumer<String> warnings;
  private boolean warned;

  /**
   * @param warnings told once of what the file system cannot hold
   */
  public AttributeWriter(FileCalls files, Consumer<String> warnings) {
    this.files = files;
    this.warnings = warnings;
  }

  /** Gives them to the file of that name; a link there is not followed. */
  public void apply(Fd folder, String name, TarType type, Attributes attributes)
      throws TarFormatException {
    // chown(2) clears set-uid bits and security.capability, so it comes first.
    files.changeOwner(
        folder.number(), name, (int) attributes.uid(), (int) attributes.gid(), AT_SYMLINK_NOFOLLOW);
    for (Map.Entry<String, byte[]> attribute : attributes.extended().entrySet()) {
      setAttribute(folder, name, attribute.getKey(), attribute.getValue());
    }
    if (type != TarType.SYMBOLIC_LINK) {
      files.changeMode(folder.number(), name, attributes.mode());
    }
    files.setTime(
        folder.number(),
        name,
        attributes.mtimeSeconds(),
        attributes.mtimeNanos(),
        AT_SYMLINK_NOFOLLOW);
  }

  private void setAttribute(Fd folder, String name, String attribute, byte[] value)
      throws TarFormatException {
    if (attribute.startsWith(Overlay.ATTRIBUTES) || attribute.startsWith(Overlay.USER_ATTRIBUTES)) {
      return;
    }
    try {
      files.setAttribute(folder.procPath() + "/" + name, attribute, value);
    } catch (SyscallException e) {
      if (e.is(Errno.EOPNOTSUPP) || e.is(Errno.EPERM)) {
        warnOnce(attribute, name);
      } else if (e.is(Errno.EINVAL) || e.is(Errno.ERANGE) || e.is(Errno.E2BIG)) {
        throw new TarFormatException("invalid extended attribute " + attribute + " of " + name);
      } else {
        throw e;
      }
    }
  }

  private void warnOnce(String attribute, String name) {
    if (!warned) {
      warned = true;
      warnings.accept(
          "the file system cannot hold the extended attribute " + attribute + " of " + name);
    }
  }
}
