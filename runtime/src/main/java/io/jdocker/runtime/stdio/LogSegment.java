package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** One file of a log, open: it may get another name meanwhile, or go. One thread at a time. */
final class LogSegment implements AutoCloseable {
  private final Path path;
  private final boolean compressed;
  private final long inode;
  private FileChannel channel;
  private boolean unpacked;

  private LogSegment(Path path, FileChannel channel, boolean compressed, long inode) {
    this.path = path;
    this.inode = inode;
    this.channel = channel;
    this.compressed = compressed;
  }

  static LogSegment open(Path path) throws IOException {
    long inode = (Long) Files.getAttribute(path, "unix:ino");
    return new LogSegment(
        path,
        FileChannel.open(path, StandardOpenOption.READ),
        RotatedFiles.isCompressed(path),
        inode);
  }

  /** A file somebody else has opened. */
  static LogSegment of(Path path, FileChannel channel) {
    return new LogSegment(path, channel, false, 0);
  }

  /** What tells it from the log's other files; 0 where it does not matter. */
  long inode() {
    return inode;
  }

  /** Its records; a compressed one is unpacked at the first use, into a file without a name. */
  FileChannel records() throws IOException {
    if (compressed && !unpacked) {
      FileChannel packed = channel;
      channel = unpack(packed);
      unpacked = true;
      packed.close();
    }
    return channel;
  }

  private FileChannel unpack(FileChannel packed) throws IOException {
    Path target = Files.createTempFile(path.toAbsolutePath().getParent(), "unpacked", ".tmp");
    FileChannel records =
        FileChannel.open(
            target,
            Set.of(
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    try (InputStream in = new GZIPInputStream(Channels.newInputStream(packed.position(0)))) {
      OutputStream out = Channels.newOutputStream(records);
      in.transferTo(out);
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    } finally {
      Files.deleteIfExists(target); // as unlinked files do, it goes with its descriptor
    }
    return records;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
