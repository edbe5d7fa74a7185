package io.jdocker.linux.testing.fault;

import static io.jdocker.linux.testing.fault.FaultyFileSystem.unwrap;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import jnr.constants.platform.Errno;

/** An open folder in which deleting may fail. */
final class FaultyFolder implements SecureDirectoryStream<Path> {
  private final SecureDirectoryStream<Path> real;
  private final FaultyFileSystem system;
  private final FaultPoint faults;

  FaultyFolder(SecureDirectoryStream<Path> real, FaultyFileSystem system, FaultPoint faults) {
    this.real = real;
    this.system = system;
    this.faults = faults;
  }

  private void beforeDelete(Path path) throws IOException {
    Optional<Errno> failure = faults.before("unlinkat", path.toString(), Errno.EIO);
    if (failure.isPresent()) {
      throw new FileSystemException(path.toString(), null, failure.get().description());
    }
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
      throws IOException {
    return new FaultyFolder(real.newDirectoryStream(unwrap(path), options), system, faults);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return real.newByteChannel(unwrap(path), options, attributes);
  }

  @Override
  public void deleteFile(Path path) throws IOException {
    beforeDelete(path);
    real.deleteFile(unwrap(path));
  }

  @Override
  public void deleteDirectory(Path path) throws IOException {
    beforeDelete(path);
    real.deleteDirectory(unwrap(path));
  }

  @Override
  public void move(Path source, SecureDirectoryStream<Path> folder, Path target)
      throws IOException {
    real.move(unwrap(source), ((FaultyFolder) folder).real, unwrap(target));
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
    return real.getFileAttributeView(type);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public Iterator<Path> iterator() {
    Iterator<Path> each = real.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public Path next() {
        return system.wrap(each.next());
      }
    };
  }

  @Override
  public void close() throws IOException {
    real.close();
  }
}
