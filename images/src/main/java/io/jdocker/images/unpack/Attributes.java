package io.jdocker.images.unpack;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import java.util.HashMap;
import java.util.Map;

/** Owner, mode, times and extended attributes of a file: all that is not its content. */
public record Attributes(
    int mode, long uid, long gid, long mtimeSeconds, int mtimeNanos, Map<String, byte[]> extended) {

  public static Attributes of(TarEntry entry) {
    return new Attributes(
        entry.mode(),
        entry.uid(),
        entry.gid(),
        entry.mtimeSeconds(),
        entry.mtimeNanos(),
        entry.attributes());
  }

  /** Those of a file that is there already. */
  public static Attributes of(FileCalls files, Fd folder, String name, FileStatus status) {
    String path = folder.procPath() + "/" + name;
    Map<String, byte[]> extended = new HashMap<>();
    for (String attribute : files.attributes(path)) {
      files.attribute(path, attribute).ifPresent(value -> extended.put(attribute, value));
    }
    return new Attributes(
        status.permissions(),
        Integer.toUnsignedLong(status.uid()),
        Integer.toUnsignedLong(status.gid()),
        status.mtimeSeconds(),
        status.mtimeNanos(),
        extended);
  }
}
