package io.jdocker.daemon.http;

import io.jdocker.daemon.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;

/**
 * An answer of unknown length. It is complete with {@link #end}; a handler that fails before has
 * its connection cut without the last chunk, so that the client sees that something is missing:
 * hence not AutoCloseable. One thread at a time.
 */
public final class ChunkedAnswer {
  private final ChunkedOutputStream chunks;
  private final Json json;
  private boolean ended;

  ChunkedAnswer(ChunkedOutputStream chunks, Json json) {
    this.chunks = chunks;
    this.json = json;
  }

  /** Sends an object and a line end, at once. */
  public void line(Object document) throws IOException {
    write((json.write(document) + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes, at once. */
  public void write(byte[] bytes) throws IOException {
    chunks.write(bytes, 0, bytes.length);
    chunks.flush();
  }

  /** For bulk data; a chunk is sent when its buffer is full. Not to be closed. */
  public OutputStream body() {
    return chunks;
  }

  /** Sends what is buffered. */
  public void flush() throws IOException {
    chunks.flush();
  }

  /** The last chunk: the answer is complete. */
  public void end() throws IOException {
    chunks.finish();
    chunks.flush();
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }
}
