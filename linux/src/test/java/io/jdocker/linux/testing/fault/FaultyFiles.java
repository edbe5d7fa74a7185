package io.jdocker.linux.testing.fault;

import static io.jdocker.linux.testing.fault.FaultyFileSystem.unwrap;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jnr.constants.platform.Errno;

/** What the JDK does to files, some of which fails. What only reads is always done. */
final class FaultyFiles extends FileSystemProvider {
  private final FaultyFileSystem system;
  private final FaultPoint faults;

  FaultyFiles(FaultyFileSystem system, FaultPoint faults) {
    this.system = system;
    this.faults = faults;
  }

  private static FileSystemProvider real(Path path) {
    return unwrap(path).getFileSystem().provider();
  }

  private void before(String call, Path path, Errno usual) throws IOException {
    Optional<Errno> failure = faults.before(call, path.toString(), usual);
    if (failure.isPresent()) {
      throw new FileSystemException(path.toString(), null, failure.get().description());
    }
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    if (writes) {
      before("openat", path, Errno.ENOSPC);
    }
    FileChannel channel = FileChannel.open(unwrap(path), options, attributes);
    return writes ? new FaultyChannel(channel, path, faults) : channel;
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    before("mkdirat", folder, Errno.ENOSPC);
    real(folder).createDirectory(unwrap(folder), attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    before("symlinkat", link, Errno.ENOSPC);
    real(link).createSymbolicLink(unwrap(link), unwrap(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    before("linkat", link, Errno.ENOSPC);
    real(link).createLink(unwrap(link), unwrap(existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    before("unlinkat", path, Errno.EIO);
    real(path).delete(unwrap(path));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    before("unlinkat", path, Errno.EIO);
    return real(path).deleteIfExists(unwrap(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    before("copy_file_range", target, Errno.ENOSPC);
    real(source).copy(unwrap(source), unwrap(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    before("renameat2", target, Errno.ENOSPC);
    real(source).move(unwrap(source), unwrap(target), options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    before("set " + attribute, path, Errno.EIO);
    real(path).setAttribute(unwrap(path), attribute, value, options);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> entries =
        real(folder).newDirectoryStream(unwrap(folder), e -> filter.accept(system.wrap(e)));
    // On Linux every one of them is.
    return new FaultyFolder((SecureDirectoryStream<Path>) entries, system, faults);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return system.wrap(real(link).readSymbolicLink(unwrap(link)));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return real(path).isSameFile(unwrap(path), unwrap(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real(path).isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real(path).getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real(path).checkAccess(unwrap(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real(path).getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real(path).readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return real(path).readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("there is one");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return system.getPath(uri.getPath());
  }
}
