package io.jdocker.engine;

import io.jdocker.runtime.stdio.Attachment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The streams of a running process. One thread reads and one writes; a process whose output nobody
 * takes is held up once a megabyte waits. Closing it leaves the process alone.
 */
public final class AttachedProcess implements AutoCloseable {
  private final Attachment attachment;
  private final Source<OutputChunk> output;

  AttachedProcess(Attachment attachment) {
    this.attachment = attachment;
    this.output = OutputSource.of(attachment);
  }

  /** The next piece of its output, waited for; empty at the end. */
  public Optional<OutputChunk> next() {
    try {
      return output.next();
    } catch (InterruptedException e) {
      throw Waiting.interrupted("reading what a process writes", e);
    }
  }

  /** Both output streams as they come, in place of {@link #next}. */
  public InputStream output() {
    return new OutputInput(output);
  }

  /**
   * Its standard input, for a container that was asked for with {@link
   * ContainerRequestBuilder#stdin}; closing it is the end of file.
   */
  public OutputStream input() {
    return new Input();
  }

  /** Writes all of that, and the end of file, while another thread takes the output. */
  void feed(byte[] bytes) {
    Thread thread =
        new Thread(
            () -> {
              try (OutputStream in = input()) {
                in.write(bytes);
              } catch (IOException e) {
                return; // it does not read on: its exit code tells why
              }
            },
            "jdocker-stdin");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes all output, up to the end. */
  ProcessResult result(CompletableFuture<Integer> exit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (Optional<OutputChunk> chunk = next(); chunk.isPresent(); chunk = next()) {
      boolean toErr = chunk.get().stream() == OutputChunk.Stream.STDERR;
      (toErr ? err : out).writeBytes(chunk.get().bytes());
    }
    int code = Waiting.on(exit, "waiting for the end of a process");
    return new ProcessResult(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    output.close();
  }

  private final class Input extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        if (!attachment.writeStdin(bytes, offset, length)) {
          throw new IOException("the process does not read its standard input any more");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while writing to a process");
      }
    }

    @Override
    public void close() {
      attachment.closeStdin();
    }
  }
}
