package io.jdocker.daemon.images;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Failures;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.ProgressListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The lines of JSON that tell how long work gets on. Begun by the first line: an error before it
 * has a status of its own, an error after it is a line.
 */
final class ProgressStream implements ProgressListener {
  private final Exchange exchange;
  private final boolean quiet;
  private Optional<ChunkedAnswer> answer = Optional.empty();
  private long lastShown;

  /** Lines about a layer come no more often. */
  private static final long PAUSE_NANOS = 100_000_000;

  ProgressStream(Exchange exchange, boolean quiet) {
    this.exchange = exchange;
    this.quiet = quiet;
  }

  /** A line; docker prints {@code stream} as it is. */
  record Line(
      @Key("stream") @OmitEmpty String stream,
      @Key("status") @OmitEmpty String status,
      @Key("progressDetail") @OmitEmpty Optional<Detail> progressDetail,
      @Key("id") @OmitEmpty String id) {}

  /** Bytes done, and of how many. */
  record Detail(@Key("current") @OmitEmpty long current, @Key("total") @OmitEmpty long total) {}

  /** A failure; {@code error} is for clients older than 1.48. */
  record Failure(@Key("errorDetail") Message errorDetail, @Key("error") String error) {}

  record Message(@Key("message") String message) {}

  void stream(String text) throws IOException {
    begun().line(new Line(text, "", Optional.empty(), ""));
  }

  void status(String text) throws IOException {
    begun().line(new Line("", text, Optional.empty(), ""));
  }

  private ChunkedAnswer begun() throws IOException {
    if (answer.isEmpty()) {
      answer = Optional.of(exchange.stream(200, "application/json"));
    }
    return answer.get();
  }

  /** The work has failed: tells it in the stream when that has begun. */
  void fail(RuntimeException failure) throws IOException {
    if (answer.isEmpty()) {
      throw failure;
    }
    String message = Failures.of(failure).message();
    answer.get().line(new Failure(new Message(message), message));
    end();
  }

  void end() throws IOException {
    begun().end();
  }

  @Override
  public void unpacking(String layer, long current, long total) {
    long now = System.nanoTime();
    if (quiet || now - lastShown < PAUSE_NANOS) {
      return;
    }
    lastShown = now;
    String hex = layer.substring(layer.indexOf(':') + 1);
    Detail detail = new Detail(current, Math.max(0, total));
    try {
      begun()
          .line(
              new Line(
                  "",
                  "Loading layer",
                  Optional.of(detail),
                  hex.substring(0, Math.min(12, hex.length()))));
    } catch (IOException e) {
      // Ends the work: nobody waits for it any more.
      throw new UncheckedIOException("the client has left", e);
    }
  }

  @Override
  public void warning(String message) {
    try {
      if (!quiet) {
        stream(message + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the client has left", e);
    }
  }
}
