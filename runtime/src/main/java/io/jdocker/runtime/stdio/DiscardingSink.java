package io.jdocker.runtime.stdio;

import java.util.Optional;

/** Keeps nothing. */
final class DiscardingSink implements LogSink {
  @Override
  public void write(int stream, byte[] bytes, int offset, int length) {}

  @Override
  public void flush() {}

  @Override
  public Optional<LogSnapshot> snapshot() {
    return Optional.empty();
  }

  @Override
  public Optional<LogPosition> position() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
