package io.jdocker.runtime.build;

import io.jdocker.images.stream.PassingInput;
import io.jdocker.images.tar.TarEntry;
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
    return new PassingInput(content) {
      @Override
      protected void passed(byte[] buffer, int offset, int count) {
        hash.update(buffer, offset, count);
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
