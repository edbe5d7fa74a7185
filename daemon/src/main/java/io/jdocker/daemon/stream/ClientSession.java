package io.jdocker.daemon.stream;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Hijack;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.DetachFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A client attached to a process over a hijacked connection. The caller's thread writes output
 * until the process has closed its streams; another reads input.
 *
 * <p>When a client shuts down its sending side, output goes on: {@code docker run} without {@code
 * -i} does so at once. A client that is gone is noticed by the next write, or by the end of the
 * process.
 */
public final class ClientSession {
  private static final int BUFFER_BYTES = 8 << 10;

  private final Hijack hijack;
  private final Attachment attachment;
  private final StreamFormat format;
  private volatile boolean detached;

  private ClientSession(Hijack hijack, Attachment attachment, StreamFormat format) {
    this.hijack = hijack;
    this.attachment = attachment;
    this.format = format;
  }

  /**
   * Serves the client until the output ends, it leaves, or it types the detach keys.
   *
   * @param attachment closed in the end
   * @param sendsInput whether what it sends goes to the process
   * @param end awaited after the last output, before the connection is closed
   * @param keys looked for in the input of a terminal; empty elsewhere
   * @return true when it typed the detach keys
   */
  public static boolean serve(
      Exchange exchange,
      Hijack hijack,
      Attachment attachment,
      StreamFormat format,
      boolean sendsInput,
      CompletableFuture<?> end,
      Optional<DetachFilter> keys)
      throws IOException {
    ClientSession session = new ClientSession(hijack, attachment, format);
    if (sendsInput) {
      exchange.alongside(() -> session.readInput(keys));
    }
    try (attachment) {
      session.writeOutput();
      if (!session.detached) {
        end.join();
      }
    } finally {
      // Frees the reading thread.
      hijack.close();
    }
    return session.detached;
  }

  private void writeOutput() throws IOException {
    try {
      for (Optional<Chunk> chunk = attachment.take();
          chunk.isPresent();
          chunk = attachment.take()) {
        hijack.output().write(format.encode(chunk.get()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while attached", e);
    }
  }

  private void readInput(Optional<DetachFilter> keys) {
    try {
      copyInput(hijack.input(), keys);
    } catch (IOException e) {
      // The client has left, or the output has ended and the connection with it.
      attachment.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      attachment.close();
    }
  }

  private void copyInput(InputStream input, Optional<DetachFilter> keys)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    boolean wanted = true;
    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
      byte[] bytes = buffer;
      if (keys.isPresent()) {
        DetachFilter.Result result = keys.get().filter(buffer, 0, count);
        bytes = result.forward();
        count = bytes.length;
        if (result.detached()) {
          attachment.writeStdin(bytes, 0, count);
          detached = true;
          attachment.close();
          return;
        }
      }
      // What nobody reads is still taken from the connection, so that its end is seen.
      wanted = wanted && attachment.writeStdin(bytes, 0, count);
    }
    if (keys.isPresent()) {
      byte[] rest = keys.get().rest();
      attachment.writeStdin(rest, 0, rest.length);
    }
    attachment.closeStdin();
  }
}
