package io.jdocker.images.tar;

import java.util.List;
import java.util.Map;

/** A member with each of its parts open to change. */
final class TarEntryEditor {
  String name;
  TarType type;
  int mode;
  long uid;
  long gid;
  long size;
  long mtimeSeconds;
  int mtimeNanos;
  String linkName;
  long realSize;

  private final long deviceMajor;
  private final long deviceMinor;
  private final Map<String, byte[]> attributes;
  private final List<TarEntry.Segment> sparse;

  TarEntryEditor(TarEntry from) {
    name = from.name();
    type = from.type();
    mode = from.mode();
    uid = from.uid();
    gid = from.gid();
    size = from.size();
    mtimeSeconds = from.mtimeSeconds();
    mtimeNanos = from.mtimeNanos();
    linkName = from.linkName();
    realSize = from.realSize();
    deviceMajor = from.deviceMajor();
    deviceMinor = from.deviceMinor();
    attributes = from.attributes();
    sparse = from.sparse();
  }

  TarEntry entry() {
    return new TarEntry(
        name,
        type,
        mode,
        uid,
        gid,
        size,
        mtimeSeconds,
        mtimeNanos,
        linkName,
        deviceMajor,
        deviceMinor,
        attributes,
        sparse,
        realSize);
  }
}
