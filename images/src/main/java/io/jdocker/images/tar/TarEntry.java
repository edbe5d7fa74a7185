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

  /** A member without holes, devices or data of its own. */
  public static TarEntry plain(String name, TarType type, int mode, long size) {
    return new TarEntry(name, type, mode, 0, 0, size, 0, 0, "", 0, 0, Map.of(), List.of(), size);
  }

  public TarEntry withName(String other) {
    TarEntryEditor editor = new TarEntryEditor(this);
    editor.name = other;
    return editor.entry();
  }

  public TarEntry withOwner(long newUid, long newGid) {
    TarEntryEditor editor = new TarEntryEditor(this);
    editor.uid = newUid;
    editor.gid = newGid;
    return editor.entry();
  }

  public TarEntry withMode(int other) {
    TarEntryEditor editor = new TarEntryEditor(this);
    editor.mode = other;
    return editor.entry();
  }

  public TarEntry withTime(long seconds, int nanos) {
    TarEntryEditor editor = new TarEntryEditor(this);
    editor.mtimeSeconds = seconds;
    editor.mtimeNanos = nanos;
    return editor.entry();
  }

  /** A hard or symbolic link to that. */
  public TarEntry withLink(TarType newType, String target) {
    TarEntryEditor editor = new TarEntryEditor(this);
    editor.type = newType;
    editor.linkName = target;
    editor.size = 0;
    editor.realSize = 0;
    return editor.entry();
  }

  /** A piece of a sparse file that has data. */
  public record Segment(long offset, long length) {}
}
