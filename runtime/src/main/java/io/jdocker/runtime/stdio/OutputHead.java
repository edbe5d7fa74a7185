package io.jdocker.runtime.stdio;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a process writes. Thread-safe. */
public final class OutputHead implements LogSink {
  private static final String MORE = "...";

  private final int limit;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(128);
  private boolean cut;

  /**
   * @param limit how many bytes are kept
   */
  public OutputHead(int limit) {
    this.limit = limit;
  }

  @Override
  public synchronized void write(int stream, byte[] bytes, int offset, int length) {
    int room = Math.min(length, limit - kept.size());
    kept.write(bytes, offset, room);
    cut |= room < length;
  }

  /** Both streams, in the order they came; three dots stand for what was not kept. */
  public synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8) + (cut ? MORE : "");
  }
}
