package io.jdocker.engine;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.tar.TarWriter;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.Engine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a container, copied in and out. It need not run. What is copied in belongs to root
 * and is there for the container to see at once. Thread-safe.
 */
public final class ContainerCopies {
  private static final int FILE_MODE = 0644;

  private final Engine engine;
  private final String id;

  ContainerCopies(Engine engine, String id) {
    this.engine = engine;
    this.id = id;
  }

  /**
   * Copies a file, or a folder with all below it, of this machine into a folder of the container.
   *
   * @param folder absolute path in the container; it must be there
   */
  public void copyIn(Path source, String folder) {
    HostTree tree = new HostTree(engine.kernel());
    try (Spool spool = Spool.of(out -> tree.pack(source, out));
        InputStream tar = spool.open()) {
      putTar(folder, tar);
    } catch (IOException e) {
      throw failure("copy " + source + " to " + folder, e);
    }
  }

  /**
   * Writes a file of the container, readable by all, in place of one that is there.
   *
   * @param path absolute; its folder must be there
   */
  public void write(String path, byte[] content) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    if (slash < 0 || name.isEmpty()) {
      throw new InvalidArgument("\"" + path + "\" is no absolute path of a file");
    }
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(tar);
    try {
      writer.put(
          TarEntry.plain(name, TarType.FILE, FILE_MODE, content.length),
          new ByteArrayInputStream(content));
      writer.finish();
    } catch (IOException e) {
      throw failure("write " + path, e);
    }
    putTar(
        slash == 0 ? "/" : path.substring(0, slash), new ByteArrayInputStream(tar.toByteArray()));
  }

  /** As {@link #write(String, byte[])}, in UTF-8. */
  public void write(String path, String text) {
    write(path, Container.utf8(text));
  }

  /** Unpacks a tar, plain or compressed, into a folder of the container; it is not closed. */
  public void putTar(String folder, InputStream tar) {
    try {
      engine.containers().files().copyIn(id, folder, tar, false, false);
    } catch (IOException e) {
      throw failure("copy to " + folder, e);
    }
  }

  /**
   * The content of a file of the container.
   *
   * @throws InvalidArgument when it is no regular file
   */
  public byte[] read(String path) {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    getTar(path, tar);
    try {
      TarReader reader = new TarReader(new ByteArrayInputStream(tar.toByteArray()));
      Optional<TarEntry> entry = reader.next();
      if (entry.filter(e -> e.type() == TarType.FILE).isEmpty()) {
        throw new InvalidArgument(path + " of container " + id + " is no regular file");
      }
      return reader.content().readAllBytes();
    } catch (IOException e) {
      throw failure("read " + path, e);
    }
  }

  /**
   * Copies a file, or a folder with all below it, out of the container into a folder of this
   * machine, under its own name. Owners stay as they are in the container.
   *
   * @param folder made where there is none
   */
  public void copyOut(String path, Path folder) {
    try (Spool spool = Spool.of(out -> getTar(path, out));
        InputStream tar = spool.open()) {
      new HostTree(engine.kernel()).unpack(tar, folder);
    } catch (IOException e) {
      throw failure("copy " + path + " to " + folder, e);
    }
  }

  /** Writes a file, or a folder with all below it, as a tar. */
  public void getTar(String path, OutputStream out) {
    try {
      engine.containers().files().copyOut(id, path, stat -> out);
    } catch (IOException e) {
      throw failure("copy " + path, e);
    }
  }

  private SystemFailure failure(String what, IOException e) {
    return new SystemFailure("cannot " + what + " of container " + id + ": " + e.getMessage(), e);
  }
}
