package io.jdocker.images.compression;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How a stream is compressed, told by its first bytes, never by a file name. */
public enum Compression {
  NONE(""),
  GZIP("1f8b08"),
  ZSTD("28b52ffd"),
  BZIP2("425a68"),
  XZ("fd377a585a00");

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_MAGIC = 6;

  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  /** A stream that {@link #detect} can look into. */
  public static BufferedInputStream buffered(InputStream in) {
    return new BufferedInputStream(in, BUFFER);
  }

  /** Looks at the first bytes without taking them. */
  public static Compression detect(BufferedInputStream in) throws IOException {
    in.mark(LONGEST_MAGIC);
    String head = HexFormat.of().formatHex(in.readNBytes(LONGEST_MAGIC));
    in.reset();
    for (Compression candidate : values()) {
      if (candidate != NONE && head.startsWith(candidate.magic)) {
        return candidate;
      }
    }
    return NONE;
  }

  /** The uncompressed content; several members or frames in a row are one content. */
  public InputStream open(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(new NeverIdle(in), BUFFER);
      case ZSTD -> new CheckedZstd(new ZstdInputStream(in));
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case XZ -> XzInputStream.open(in);
    };
  }

  /**
   * GZIPInputStream takes {@code available() == 0} for the end between two members, which a slow
   * network stream answers at any time.
   */
  private static final class NeverIdle extends FilterInputStream {
    NeverIdle(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }

  /** Turns the decoder's unchecked complaint about damaged data into an IOException. */
  private static final class CheckedZstd extends FilterInputStream {
    CheckedZstd(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (io.airlift.compress.MalformedInputException e) {
        throw new IOException("damaged zstd data: " + e.getMessage(), e);
      }
    }
  }
}
