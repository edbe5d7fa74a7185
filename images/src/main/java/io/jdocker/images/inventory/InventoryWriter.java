package io.jdocker.images.inventory;

import io.jdocker.images.inventory.FileRecord.Kind;
import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarFormatException;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.unpack.EntryPath;
import io.jdocker.images.unpack.LayerListener;
import io.jdocker.linux.failure.SystemFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a layer's inventory while the layer is unpacked: a line a file, in its archive's order.
 */
public final class InventoryWriter implements LayerListener, AutoCloseable {
  private final Path file;
  private final OutputStream out;
  private long lines;

  /**
   * @param file new
   */
  public InventoryWriter(Path file) {
    this.file = file;
    try {
      out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Not an IOException, which would be taken for a fault of the archive. */
  private SystemFailure failed(IOException e) {
    return new SystemFailure("cannot note the files of a layer in " + file + ": " + e, e);
  }

  private void write(FileRecord record) {
    write(record.line() + "\n");
    lines++;
  }

  /** All has been noted: without this the file counts as damaged. */
  public void finish() {
    write(Inventory.END + lines + "\n");
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void made(EntryPath path, TarEntry entry, long checksum) throws TarFormatException {
    String link =
        entry.type() == TarType.HARD_LINK
            ? EntryPath.parse(entry.linkName()).toString()
            : entry.linkName();
    write(
        new FileRecord(
            kind(entry.type()),
            entry.mode(),
            entry.uid(),
            entry.gid(),
            entry.type() == TarType.FILE ? entry.realSize() : 0,
            checksum,
            path.toString(),
            link));
  }

  private static Kind kind(TarType type) {
    return switch (type) {
      case FILE -> Kind.FILE;
      case DIRECTORY -> Kind.FOLDER;
      case SYMBOLIC_LINK -> Kind.SYMBOLIC_LINK;
      case HARD_LINK -> Kind.HARD_LINK;
      case FIFO -> Kind.FIFO;
      case CHARACTER_DEVICE, BLOCK_DEVICE -> Kind.DEVICE;
    };
  }

  @Override
  public void hidden(EntryPath path) {
    write(FileRecord.hiding(Kind.HIDDEN, path.toString()));
  }

  @Override
  public void opaque(EntryPath folder) {
    write(FileRecord.hiding(Kind.OPAQUE, folder.toString()));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
