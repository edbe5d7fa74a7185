package io.jdocker.cli.stream;

import io.jdocker.cli.Console;
import io.jdocker.cli.http.Response;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The client's end of a hijacked connection: standard input goes out, the container's output comes
 * in. Two threads; the caller waits in {@link #await}.
 */
public final class Attachment implements Closeable {
  private static final int BUFFER_SIZE = 8 * 1024;

  /** How it ended. */
  public enum End {
    /** The container closed its output. */
    OUTPUT_CLOSED,
    /** The detach keys were typed. */
    DETACHED
  }

  private record Outcome(End end, Optional<IOException> failure) {}

  private final Response response;
  private final Console console;
  private final boolean isTty;
  private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

  /**
   * Wraps an upgraded connection.
   *
   * @param isTty true when the stream is a terminal's: not framed, and detach keys count
   */
  public Attachment(Response response, Console console, boolean isTty) {
    this.response = response;
    this.console = console;
    this.isTty = isTty;
  }

  /**
   * Starts copying.
   *
   * @param sendsInput false to half-close at once, which tells the daemon that nothing will come
   */
  public void start(boolean sendsInput, DetachKeys keys) throws IOException {
    background("output", new Thread(this::copyOutput));
    if (sendsInput) {
      background("input", new Thread(() -> copyInput(keys)));
    } else {
      response.connection().shutdownOutput();
    }
  }

  private static void background(String name, Thread thread) {
    thread.setName(name);
    thread.setDaemon(true);
    thread.start();
  }

  private void copyOutput() {
    try {
      if (isTty) {
        copy(response.body(), console.out());
      } else {
        new Demultiplexer(response.body(), console.out(), console.err()).run();
      }
      outcomes.add(new Outcome(End.OUTPUT_CLOSED, Optional.empty()));
    } catch (IOException e) {
      outcomes.add(new Outcome(End.OUTPUT_CLOSED, Optional.of(e)));
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_SIZE];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  private void copyInput(DetachKeys keys) {
    byte[] buffer = new byte[BUFFER_SIZE];
    try {
      OutputStream out = response.connection().out();
      for (int n = console.in().read(buffer); n >= 0; n = console.in().read(buffer)) {
        if (isTty) {
          out.write(keys.pass(buffer, n));
          if (keys.isComplete()) {
            outcomes.add(new Outcome(End.DETACHED, Optional.empty()));
            return;
          }
        } else {
          out.write(buffer, 0, n);
        }
      }
      response.connection().shutdownOutput();
    } catch (IOException e) {
      // The container or the daemon went away while something was typed. The output ends for the
      // same reason, and that is what the caller waits for and reports.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the output ends or the user detaches. */
  public End await() throws IOException {
    Outcome outcome;
    try {
      outcome = outcomes.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while attached", e);
    }
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
    return outcome.end();
  }

  @Override
  public void close() throws IOException {
    response.close();
  }
}
