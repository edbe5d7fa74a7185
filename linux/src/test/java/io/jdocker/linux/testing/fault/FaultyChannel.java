package io.jdocker.linux.testing.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** An open file whose writes and fsyncs may fail. */
final class FaultyChannel extends FileChannel {
  private final FileChannel real;
  private final Path path;
  private final FaultPoint faults;

  FaultyChannel(FileChannel real, Path path, FaultPoint faults) {
    this.real = real;
    this.path = path;
    this.faults = faults;
  }

  private void before(String call, Errno usual) throws IOException {
    Optional<Errno> failure = faults.before(call, path.toString(), usual);
    if (failure.isPresent()) {
      throw new IOException(failure.get().description());
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    before("write", Errno.ENOSPC);
    return real.write(source);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    before("writev", Errno.ENOSPC);
    return real.write(sources, offset, length);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    before("pwrite64", Errno.ENOSPC);
    return real.write(source, position);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    before("pwrite64", Errno.ENOSPC);
    return real.transferFrom(source, position, count);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    before("fsync", Errno.EIO);
    real.force(metaData);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    before("ftruncate", Errno.EIO);
    real.truncate(size);
    return this;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    real.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
