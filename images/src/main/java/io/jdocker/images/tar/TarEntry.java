package io.jdocker.images.tar;

import java.util.List;
import java.util.Map;

/**
 * One member of a tar archive, with PAX and GNU extensions applied.
 *
 * @param name as in the archive: may be absolute, hold "..", or end with a slash
 * @param mode permission bits, with set-uid, set-gid and sticky
 * @param uid as in the archive, up to 2^32-1
 * @param size bytes of data the archive holds for it
 * @param linkName target of a hard or symbolic link, else empty
 * @param attributes extended attributes by name
 * @param sparse where the data goes, empty for a file without holes
 * @param realSize size of the file with its holes
 */
public record TarEntry(
    String name,
    TarType type,
    int mode,
    long uid,
    long gid,
    long size,
    long mtimeSeconds,
    int mtimeNanos,
    String linkName,
    long deviceMajor,
    long deviceMinor,
    Map<String, byte[]> attributes,
    List<Segment> sparse,
    long realSize) {

  /** A piece of a sparse file that has data. */
  public record Segment(long offset, long length) {}
}
