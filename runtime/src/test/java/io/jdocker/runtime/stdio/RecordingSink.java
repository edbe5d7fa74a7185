package io.jdocker.runtime.stdio;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A log in memory that tells what it got and whether it was flushed and closed. */
final class RecordingSink implements LogSink {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private boolean flushed;
  private boolean closed;

  @Override
  public synchronized void write(int stream, byte[] bytes, int offset, int length) {
    (stream == Chunk.STDERR ? stderr : stdout).write(bytes, offset, length);
  }

  @Override
  public synchronized void flush() {
    flushed = true;
  }

  @Override
  public Optional<LogSnapshot> snapshot() {
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  synchronized String stdout() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  synchronized String stderr() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  synchronized boolean isFlushed() {
    return flushed;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public Optional<LogPosition> position() {
    return Optional.empty();
  }
}
