package io.jdocker.daemon.images;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Failures;
import io.jdocker.daemon.images.ProgressStream.Detail;
import io.jdocker.daemon.images.ProgressStream.Failure;
import io.jdocker.daemon.images.ProgressStream.Line;
import io.jdocker.daemon.images.ProgressStream.Message;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.Digest;
import io.jdocker.images.registry.TransferListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of JSON of a pull or push. Begun by the first line: an error before it has a status of
 * its own, an error after it is a line. Thread-safe, as layers come in parallel.
 */
final class TransferStream implements TransferListener {
  /** Lines about the same layer's bytes come no more often. */
  private static final long PAUSE_NANOS = 100_000_000;

  private static final Optional<Detail> NO_DETAIL = Optional.of(new Detail(0, 0));

  private final Exchange exchange;
  private final Map<String, Long> shown = new HashMap<>();
  private Optional<ChunkedAnswer> answer = Optional.empty();

  TransferStream(Exchange exchange) {
    this.exchange = exchange;
  }

  record Aux(@Key("progressDetail") Detail progressDetail, @Key("aux") PushedTag aux) {}

  record PushedTag(@Key("Tag") String tag, @Key("Digest") String digest, @Key("Size") long size) {}

  /**
   * The same work with a line that has no progress: what {@link ProgressStream.Line} leaves out.
   */
  record Plain(
      @Key("status") String status,
      @Key("progressDetail") @OmitEmpty Optional<Detail> progressDetail,
      @Key("id") @OmitEmpty String id) {}

  @Override
  public synchronized void message(String text) {
    line(new Plain(text, Optional.empty(), ""));
  }

  @Override
  public synchronized void status(String id, String status) {
    boolean heading = status.startsWith("Pulling from ");
    line(new Plain(status, heading ? Optional.empty() : NO_DETAIL, id));
  }

  @Override
  public synchronized void progress(String id, String action, long current, long total) {
    long now = System.nanoTime();
    Long before = shown.get(id);
    if (before != null && now - before < PAUSE_NANOS) {
      return;
    }
    shown.put(id, now);
    line(new Line("", action, Optional.of(new Detail(current, total)), id));
  }

  @Override
  public synchronized void pushed(String tag, Digest digest, long size) {
    line(new Aux(new Detail(0, 0), new PushedTag(tag, digest.toString(), size)));
  }

  private void line(Object line) {
    try {
      begun().line(line);
    } catch (IOException e) {
      // Ends the work: nobody waits for it any more.
      throw new UncheckedIOException("the client has left", e);
    }
  }

  private ChunkedAnswer begun() throws IOException {
    if (answer.isEmpty()) {
      answer = Optional.of(exchange.stream(200, "application/json"));
    }
    return answer.get();
  }

  /** The work has failed: tells it in the stream when that has begun. */
  synchronized void fail(RuntimeException failure) throws IOException {
    if (answer.isEmpty()) {
      throw failure;
    }
    String message = Failures.of(failure).message();
    answer.get().line(new Failure(new Message(message), message));
    answer.get().end();
  }

  synchronized void end() throws IOException {
    begun().end();
  }
}
