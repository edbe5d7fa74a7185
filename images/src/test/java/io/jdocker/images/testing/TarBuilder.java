package io.jdocker.images.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds a tar in memory, hostile names included: nothing is cleaned or checked. */
public final class TarBuilder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  public TarBuilder() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  public TarBuilder directory(String name, int mode) {
    return add(entry(name.endsWith("/") ? name : name + "/", TarConstants.LF_DIR, mode));
  }

  public TarBuilder file(String name, String content, int mode) {
    return file(name, content.getBytes(StandardCharsets.UTF_8), mode);
  }

  public TarBuilder file(String name, byte[] content, int mode) {
    return add(entry(name, TarConstants.LF_NORMAL, mode), content);
  }

  public TarBuilder symlink(String name, String target) {
    TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK, 0777);
    entry.setLinkName(target);
    return add(entry);
  }

  public TarBuilder hardLink(String name, String target) {
    TarArchiveEntry entry = entry(name, TarConstants.LF_LINK, 0644);
    entry.setLinkName(target);
    return add(entry);
  }

  /** A member of any kind; the caller sets what else it needs. */
  public static TarArchiveEntry entry(String name, byte type, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode(mode);
    entry.setModTime(0L);
    return entry;
  }

  public TarBuilder add(TarArchiveEntry entry) {
    return add(entry, new byte[0]);
  }

  public TarBuilder add(TarArchiveEntry entry, byte[] content) {
    try {
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      // A global header is whole with that.
      if (!entry.isGlobalPaxHeader()) {
        tar.write(content);
        tar.closeArchiveEntry();
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file with PAX records such as {@code SCHILY.xattr.user.foo}, written as they are.
   *
   * @param pax values as bytes, one a character
   */
  public TarBuilder file(String name, String content, Map<String, String> pax) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    pax.forEach((key, value) -> records.writeBytes(record(key, value)));
    add(entry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC, 0644), records.toByteArray());
    return file(name, content, 0644);
  }

  private static byte[] record(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.length();
    // The length counts its own digits.
    while (Integer.toString(length).length() + rest.length() != length) {
      length = Integer.toString(length).length() + rest.length();
    }
    return (length + rest).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The finished archive. */
  public byte[] build() {
    try {
      tar.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
