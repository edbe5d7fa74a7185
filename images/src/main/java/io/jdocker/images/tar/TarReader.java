package io.jdocker.images.tar;

import io.jdocker.images.tar.TarEntry.Segment;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive member by member from a stream, which it neither buffers nor closes. One
 * thread at a time.
 */
public final class TarReader {
  // Linux refuses an attribute over 64 KiB and a path over 4 KiB; nothing honest needs more.
  private static final int MAX_EXTENSION = 1 << 20;

  private static final int SCRATCH = 1 << 16;

  private final InputStream in;
  private final byte[] block = new byte[TarHeader.BLOCK];
  private final byte[] scratch = new byte[SCRATCH];
  private long remaining;
  private long padding;

  public TarReader(InputStream in) {
    this.in = in;
  }

  /** The next member, or empty at the archive's end; what is left of the last one is skipped. */
  public Optional<TarEntry> next() throws IOException {
    PaxRecords pax = PaxRecords.none();
    Optional<String> longName = Optional.empty();
    Optional<String> longLink = Optional.empty();
    while (true) {
      skip(remaining + padding);
      remaining = 0;
      padding = 0;
      if (!readBlock() || TarHeader.isZero(block)) {
        return Optional.empty();
      }
      TarHeader header = TarHeader.parse(block.clone());
      setSize(header.size());
      switch (header.type()) {
        case 'x', 'X' -> pax = PaxRecords.parse(extension());
        case 'L' -> longName = Optional.of(text(extension()));
        case 'K' -> longLink = Optional.of(text(extension()));
        // A global header (git archive's comment) and a volume's name say nothing about a file.
        case 'g', 'V' -> {}
        default -> {
          return Optional.of(entry(header, pax, longName, longLink));
        }
      }
    }
  }

  private TarEntry entry(
      TarHeader header, PaxRecords pax, Optional<String> longName, Optional<String> longLink)
      throws IOException {
    String name = longName.isPresent() ? longName.get() : header.name();
    name = pax.text("GNU.sparse.name").orElse(pax.text("path").orElse(name));
    String linkName =
        pax.text("linkpath").orElse(longLink.isPresent() ? longLink.get() : header.linkName());
    TarType type = type(header.type(), name);
    boolean hasData = type == TarType.FILE || header.type() == 'D';
    // A link's size field repeats that of its target in some archives, but no data follows.
    setSize(hasData ? pax.number("size", header.size()) : 0);
    long realSize = remaining;
    List<Segment> sparse = List.of();
    if (header.type() == 'S') {
      realSize = header.number(483, 12);
      sparse = oldSparse(header);
    } else if (pax.text("GNU.sparse.major").isPresent()) {
      realSize = pax.number("GNU.sparse.realsize", remaining);
      sparse = embeddedSparse();
    } else if (pax.text("GNU.sparse.size").isPresent()) {
      realSize = pax.number("GNU.sparse.size", remaining);
      sparse = paxSparse(pax);
    }
    if (!sparse.isEmpty() || realSize != remaining) {
      SparseMaps.check(sparse, remaining, realSize);
    }
    Optional<String> mtime = pax.text("mtime");
    PaxTime time = mtime.isPresent() ? PaxTime.parse(mtime.get()) : new PaxTime(header.mtime(), 0);
    Map<String, byte[]> attributes = pax.attributes();
    boolean device = type == TarType.CHARACTER_DEVICE || type == TarType.BLOCK_DEVICE;
    return new TarEntry(
        name,
        type,
        (int) (header.mode() & 07777),
        owner(pax.number("uid", header.uid())),
        owner(pax.number("gid", header.gid())),
        remaining,
        time.seconds(),
        time.nanos(),
        type == TarType.HARD_LINK || type == TarType.SYMBOLIC_LINK ? linkName : "",
        device ? header.deviceMajor() : 0,
        device ? header.deviceMinor() : 0,
        attributes,
        sparse,
        realSize);
  }

  private static long owner(long id) throws TarFormatException {
    // 2^32-1 means "leave as it is" to chown(2).
    if (id < 0 || id >= 0xffffffffL) {
      throw new TarFormatException("invalid tar header (owner " + id + ")");
    }
    return id;
  }

  private static TarType type(char flag, String name) throws TarFormatException {
    return switch (flag) {
      // Before POSIX a directory was a file whose name ended with a slash.
      case '0', '\0', '7', 'S' -> name.endsWith("/") ? TarType.DIRECTORY : TarType.FILE;
      case '1' -> TarType.HARD_LINK;
      case '2' -> TarType.SYMBOLIC_LINK;
      case '3' -> TarType.CHARACTER_DEVICE;
      case '4' -> TarType.BLOCK_DEVICE;
      case '5', 'D' -> TarType.DIRECTORY;
      case '6' -> TarType.FIFO;
      default ->
          throw new TarFormatException("unsupported tar member type '" + flag + "': " + name);
    };
  }

  private List<Segment> oldSparse(TarHeader header) throws IOException {
    List<Segment> segments = new ArrayList<>();
    SparseMaps.oldGnu(header, 386, 4, segments);
    boolean more = header.at(482) != 0;
    while (more) {
      if (segments.size() > SparseMaps.MAX_SEGMENTS || !readBlock()) {
        throw SparseMaps.damaged();
      }
      TarHeader extension = TarHeader.extension(block.clone());
      SparseMaps.oldGnu(extension, 0, 21, segments);
      more = extension.at(504) != 0;
    }
    return segments.stream().filter(s -> s.length() > 0).toList();
  }

  private static List<Segment> paxSparse(PaxRecords pax) throws TarFormatException {
    Optional<String> map = pax.text("GNU.sparse.map");
    List<String> numbers =
        map.isPresent()
            ? Arrays.asList(map.get().split(",", -1))
            : pax.all("GNU.sparse.offset", "GNU.sparse.numbytes");
    return SparseMaps.pax(numbers);
  }

  /** PAX 1.0: the map is the head of the data, one number a line, padded to a block. */
  private List<Segment> embeddedSparse() throws IOException {
    List<String> numbers = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    long count = -1;
    while (count < 0 || numbers.size() < 2 * count) {
      if (remaining < TarHeader.BLOCK || !readBlock()) {
        throw SparseMaps.damaged();
      }
      remaining -= TarHeader.BLOCK;
      for (byte b : block) {
        if (b != '\n') {
          line.append((char) b);
          continue;
        }
        if (count < 0) {
          count = SparseMaps.number(line.toString());
          if (count < 0 || count > SparseMaps.MAX_SEGMENTS) {
            throw SparseMaps.damaged();
          }
        } else if (numbers.size() < 2 * count) {
          numbers.add(line.toString());
        }
        line.setLength(0);
      }
      if (line.length() > TarHeader.BLOCK) {
        throw SparseMaps.damaged();
      }
    }
    return SparseMaps.pax(numbers).stream().filter(s -> s.length() > 0).toList();
  }

  /** Reads data of the current member; -1 at its end. */
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw new EOFException("archive is cut short");
    }
    remaining -= count;
    return count;
  }

  /** Data of the current member, to its end; good until the next member is asked for. */
  public InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return TarReader.this.read(buffer, offset, length);
      }
    };
  }

  /** Reads to the end of the stream, so that a hash over it covers the padding too. */
  public void drain() throws IOException {
    while (in.read(scratch) >= 0) {
      // Only the reading matters.
    }
  }

  private void setSize(long size) throws TarFormatException {
    if (size < 0) {
      throw new TarFormatException("invalid tar header (negative size)");
    }
    remaining = size;
    padding = -size & (TarHeader.BLOCK - 1);
  }

  private byte[] extension() throws IOException {
    if (remaining > MAX_EXTENSION) {
      throw new TarFormatException("tar extension header of " + remaining + " bytes is too large");
    }
    byte[] content = in.readNBytes((int) remaining);
    if (content.length < remaining) {
      throw new EOFException("archive is cut short");
    }
    remaining = 0;
    return content;
  }

  private static String text(byte[] content) throws TarFormatException {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    return TarHeader.decode(content, 0, end);
  }

  private boolean readBlock() throws IOException {
    int count = in.readNBytes(block, 0, block.length);
    if (count == 0) {
      return false;
    }
    if (count < block.length) {
      throw new EOFException("archive is cut short");
    }
    return true;
  }

  /** Reads, as a stream that hashes or copies what it reads would miss what is skipped. */
  private void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      int read = in.read(scratch, 0, (int) Math.min(left, scratch.length));
      if (read < 0) {
        throw new EOFException("archive is cut short");
      }
      left -= read;
    }
  }
}
