package io.jdocker.images.registry;

import io.jdocker.images.stream.BlockInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a file while it grows; its end is the end of the download. One thread. */
final class ArrivingInput extends BlockInput {
  private final Path file;
  private final Arrival arrival;
  private FileChannel channel;
  private long position;
  private long readable;

  ArrivingInput(Path file, Arrival arrival) {
    this.file = file;
    this.arrival = arrival;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (readable <= position) {
      await();
    }
    if (channel == null) {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    }
    int most = (int) Math.min(length, readable - position);
    int count = channel.read(ByteBuffer.wrap(buffer, offset, most), position);
    position += Math.max(0, count);
    return count;
  }

  private void await() throws IOException {
    try {
      readable = arrival.awaitMoreThan(position);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file.getFileName());
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
