package io.jdocker.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes the tar of an image archive: root's files, all of the same moment. */
final class ArchiveWriter {
  private static final int BUFFER = 1 << 17;

  private final TarArchiveOutputStream tar;
  private final byte[] buffer = new byte[BUFFER];

  ArchiveWriter(OutputStream out) {
    tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  void directory(String name) throws IOException {
    put(name, TarConstants.LF_DIR, 0755, 0);
    tar.closeArchiveEntry();
  }

  void file(String name, byte[] content) throws IOException {
    put(name, TarConstants.LF_NORMAL, 0644, content.length);
    copy(new ByteArrayInputStream(content));
  }

  void file(String name, Path content) throws IOException {
    try (InputStream in = Files.newInputStream(content)) {
      put(name, TarConstants.LF_NORMAL, 0644, Files.size(content));
      copy(in);
    }
  }

  private void put(String name, byte type, int mode, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setMode(mode);
    entry.setSize(size);
    entry.setModTime(0L);
    tar.putArchiveEntry(entry);
  }

  private void copy(InputStream content) throws IOException {
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      tar.write(buffer, 0, n);
    }
    tar.closeArchiveEntry();
  }

  /** Ends the archive; the stream below stays open. */
  void finish() throws IOException {
    tar.finish();
    tar.flush();
  }
}
