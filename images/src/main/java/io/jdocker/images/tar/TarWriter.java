package io.jdocker.images.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar in the POSIX format, with PAX records where a plain header cannot hold a value. The
 * same members give the same bytes. One thread at a time.
 */
public final class TarWriter implements TarSink {
  private static final int NAME_MAX = 100;
  private static final int BUFFER = 1 << 17;
  private static final char PAX = 'x';

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];

  /**
   * @param out not closed by this writer
   */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void put(TarEntry entry, InputStream content) throws IOException {
    String name = name(entry);
    PaxWriter pax = new PaxWriter();
    pax.addAll(entry, name, NAME_MAX);
    if (!pax.isEmpty()) {
      byte[] records = pax.build();
      out.write(
          new HeaderWriter()
              .text(HeaderWriter.NAME, "PaxHeaders/" + baseName(name))
              .type(PAX)
              .number(HeaderWriter.MODE, 0644)
              .number(HeaderWriter.SIZE, records.length)
              .build());
      out.write(records);
      pad(records.length);
    }
    out.write(header(entry, name));
    copy(entry, content);
    pad(entry.size());
  }

  private static String name(TarEntry entry) {
    boolean folder = entry.type() == TarType.DIRECTORY;
    return folder && !entry.name().endsWith("/") ? entry.name() + "/" : entry.name();
  }

  /** Only for a person's eye: readers go by the record. */
  private static String baseName(String name) {
    String ascii = name.replaceAll("[^ -~]", "_");
    return ascii.substring(0, Math.min(ascii.length(), NAME_MAX - 20));
  }

  private static byte[] header(TarEntry entry, String name) {
    HeaderWriter header =
        new HeaderWriter()
            .text(HeaderWriter.NAME, name)
            .type(flag(entry.type()))
            .number(HeaderWriter.MODE, entry.mode())
            .number(HeaderWriter.UID, PaxWriter.fitsId(entry.uid()) ? entry.uid() : 0)
            .number(HeaderWriter.GID, PaxWriter.fitsId(entry.gid()) ? entry.gid() : 0)
            .number(HeaderWriter.SIZE, PaxWriter.fitsSize(entry.size()) ? entry.size() : 0)
            .number(HeaderWriter.MTIME, Math.max(0, entry.mtimeSeconds()))
            .text(HeaderWriter.LINK, entry.linkName());
    if (entry.type() == TarType.CHARACTER_DEVICE || entry.type() == TarType.BLOCK_DEVICE) {
      header
          .number(HeaderWriter.MAJOR, entry.deviceMajor())
          .number(HeaderWriter.MINOR, entry.deviceMinor());
    }
    return header.build();
  }

  private static char flag(TarType type) {
    return switch (type) {
      case FILE -> '0';
      case HARD_LINK -> '1';
      case SYMBOLIC_LINK -> '2';
      case CHARACTER_DEVICE -> '3';
      case BLOCK_DEVICE -> '4';
      case DIRECTORY -> '5';
      case FIFO -> '6';
    };
  }

  private void copy(TarEntry entry, InputStream content) throws IOException {
    long left = entry.size();
    while (left > 0) {
      int count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        // The header has promised more, and nothing can take that back.
        throw new EOFException(entry.name() + " became shorter while it was read");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private void pad(long size) throws IOException {
    int rest = (int) (size % TarHeader.BLOCK);
    if (rest != 0) {
      Arrays.fill(buffer, 0, TarHeader.BLOCK - rest, (byte) 0);
      out.write(buffer, 0, TarHeader.BLOCK - rest);
    }
  }

  /** Ends the archive with its two empty blocks. */
  public void finish() throws IOException {
    out.write(new byte[2 * TarHeader.BLOCK]);
    out.flush();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
