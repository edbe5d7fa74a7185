package io.jdocker.daemon.build;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Failures;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.Digest;
import io.jdocker.runtime.build.BuildProgress;
import io.jdocker.runtime.build.Cancellation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The lines of JSON that a build answers with. Begun by the first of them. */
final class BuildAnswer implements BuildProgress {
  private static final int PIECE = 3 << 14;

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

  /** A piece of what is given away, in base64: jdocker's own addition. */
  record Exported(@Key("jdocker.export") String content) {}

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

  /** Takes the bytes of what the build gives away. */
  OutputStream exported() {
    return new BufferedOutputStream(
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] piece = Arrays.copyOfRange(bytes, offset, offset + length);
            begun().line(new Exported(Base64.getEncoder().encodeToString(piece)));
          }
        },
        PIECE);
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
