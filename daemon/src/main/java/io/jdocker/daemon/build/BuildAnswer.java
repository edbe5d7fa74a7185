package io.jdocker.daemon.build;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Failures;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.Digest;
import io.jdocker.runtime.build.BuildProgress;
import io.jdocker.runtime.build.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The lines of JSON that a build answers with. Begun by the first of them. */
final class BuildAnswer implements BuildProgress {
  private final Exchange exchange;
  private final boolean quiet;
  private final Cancellation cancellation;
  private Optional<ChunkedAnswer> answer = Optional.empty();
  private boolean watched;

  BuildAnswer(Exchange exchange, boolean quiet, Cancellation cancellation) {
    this.exchange = exchange;
    this.quiet = quiet;
    this.cancellation = cancellation;
  }

  /** A piece of text. */
  record Stream(@Key("stream") String stream) {}

  /** The image's id, for programs. */
  record Aux(@Key("aux") Built aux) {}

  record Built(@Key("ID") String id) {}

  /** A failure; {@code error} is for older clients. */
  record Failure(@Key("errorDetail") Detail errorDetail, @Key("error") String error) {}

  record Detail(@Key("code") @OmitEmpty int code, @Key("message") String message) {}

  @Override
  public void text(String text) {
    try {
      watch();
      if (!quiet) {
        begun().line(new Stream(text));
      }
    } catch (IOException e) {
      // Ends the build: nobody waits for it any more.
      throw new UncheckedIOException("the client has left", e);
    }
  }

  /** Text that a quiet build tells, too. */
  void always(String text) throws IOException {
    begun().line(new Stream(text));
  }

  /** From the first step on; by then the context has been read. */
  private void watch() throws IOException {
    if (!watched) {
      watched = true;
      exchange.whenClientLeaves(cancellation::cancel);
    }
  }

  void built(Digest id) throws IOException {
    if (!quiet) {
      begun().line(new Aux(new Built(id.toString())));
    }
  }

  private ChunkedAnswer begun() throws IOException {
    if (answer.isEmpty()) {
      answer = Optional.of(exchange.stream(200, "application/json"));
    }
    return answer.get();
  }

  /** The build has failed: tells it in the stream when that has begun. */
  void fail(RuntimeException failure) throws IOException {
    if (answer.isEmpty()) {
      throw failure;
    }
    fail(Failures.of(failure).message(), 0);
  }

  /** A command has failed with that exit code. */
  void fail(String message, int code) throws IOException {
    begun().line(new Failure(new Detail(code, message), message));
    end();
  }

  void end() throws IOException {
    begun().end();
  }
}
