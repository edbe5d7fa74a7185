package io.jdocker.daemon.stream;

import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.LogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Sends a log to a client: flushed whenever there is nothing more to send at the moment. */
public final class LogTransfer {
  private LogTransfer() {}

  /** Sends until the reader is at its end or closed; closes it. */
  public static void send(LogReader reader, StreamFormat format, OutputStream client)
      throws IOException {
    try (reader) {
      for (Optional<Chunk> chunk = reader.take(); chunk.isPresent(); chunk = reader.take()) {
        client.write(format.encode(chunk.get()));
        if (!reader.isReady()) {
          client.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading a log", e);
    }
  }
}
