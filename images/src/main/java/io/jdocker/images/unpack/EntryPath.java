package io.jdocker.images.unpack;

import io.jdocker.images.tar.TarFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A member's path below the layer's root, cleaned: relative, without ".", ".." or empty parts. As
 * in a chroot, ".." at the root stays there.
 */
public record EntryPath(List<String> parts) {
  private static final int PATH_MAX = 4096;
  private static final int NAME_MAX = 255;

  public EntryPath {
    parts = List.copyOf(parts);
  }

  /**
   * Cleans a member's name.
   *
   * @throws TarFormatException for one that no file can have
   */
  public static EntryPath parse(String text) throws TarFormatException {
    if (text.indexOf('\0') >= 0 || text.length() >= PATH_MAX) {
      throw new TarFormatException("invalid file name of " + text.length() + " characters");
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        if (part.length() > NAME_MAX) {
          throw new TarFormatException("file name too long: " + part.substring(0, 40) + "...");
        }
        parts.add(part);
      }
    }
    return new EntryPath(parts);
  }

  public boolean isRoot() {
    return parts.isEmpty();
  }

  /** The last part; "." for the root. */
  public String name() {
    return isRoot() ? "." : parts.get(parts.size() - 1);
  }

  public EntryPath parent() {
    return isRoot() ? this : new EntryPath(parts.subList(0, parts.size() - 1));
  }

  public EntryPath child(String name) {
    List<String> longer = new ArrayList<>(parts);
    longer.add(name);
    return new EntryPath(longer);
  }

  /** True for the path itself and all below it. */
  public boolean isBelow(EntryPath top) {
    return parts.size() >= top.parts.size() && parts.subList(0, top.parts.size()).equals(top.parts);
  }

  /** As openat2(2) takes it; "." for the root. */
  @Override
  public String toString() {
    return isRoot() ? "." : String.join("/", parts);
  }
}
