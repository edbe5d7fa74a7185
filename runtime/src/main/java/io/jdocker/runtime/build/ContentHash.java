package io.jdocker.runtime.build;

import io.jdocker.images.tar.TarEntry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * A hash over files: names, kinds, modes, owners, links, attributes and contents. Not times: a file
 * that was only touched is the same one.
 */
final class ContentHash {
  private final MessageDigest hash;

  ContentHash() {
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Takes a text, such as a name. */
  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hash.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    hash.update(bytes);
  }

  /** Takes a file's description, and its content while it is read. */
  InputStream reading(TarEntry entry, InputStream content) {
    add(
        entry.name()
            + ' '
            + entry.type()
            + ' '
            + Integer.toOctalString(entry.mode())
            + ' '
            + entry.uid()
            + ':'
            + entry.gid()
            + ' '
            + entry.size()
            + ' '
            + entry.deviceMajor()
            + ':'
            + entry.deviceMinor());
    add(entry.linkName());
    new TreeMap<>(entry.attributes())
        .forEach(
            (name, value) -> {
              add(name);
              hash.update(value);
            });
    return new FilterInputStream(content) {
      @Override
      public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
          hash.update(buffer, offset, count);
        }
        return count;
      }
    };
  }

  /** Takes a file with all its content. */
  void add(TarEntry entry, InputStream content) throws IOException {
    reading(entry, content).transferTo(java.io.OutputStream.nullOutputStream());
  }

  /** The hash in hex digits. */
  String finish() {
    return HexFormat.of().formatHex(hash.digest());
  }
}
